import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import { serveModel } from '../serveModel.ts';
import { CATEGORIES, longestTasks } from './longestTasks.ts';
import type { CallName, Offered } from './page.ts';

const ITEMS = 100_000;
/** Milliseconds that a recommendation may hold the page's thread at a time. */
const SLICE = 8;
/** What browsers call a long task. */
const LONG = 50;
/** 200 of them in all. */
const CALLS: Readonly<Record<CallName, number>> = {
  first: 1,
  single: 49,
  context: 50,
  candidate: 50,
  many: 10,
  rules: 20,
  status: 20,
};

const CLICKS = 10;

let model: Awaited<ReturnType<typeof serveModel>>;
let opened: OpenedPage<Offered>;
let longest: Map<CallName, number[]>;
let clicks: number[];

beforeAll(async () => {
  model = await serveModel(ITEMS);
  opened = await openPage<Offered>('mainThread/page.html', {}, []);
  const { browser, page, offered } = opened;
  await offered((on, url) => on.open(url, 'cpu'), model.url);
  await browser.startTracing(page, { categories: CATEGORIES });
  for (const [name, times] of Object.entries(CALLS) as [CallName, number][]) {
    await offered((on, own, count) => on.call(own, count), name, times);
    if (name === 'first') await offered((on) => on.learned());
  }
  longest = longestTasks(await browser.stopTracing());
  for (let click = 0; click < CLICKS; click++) {
    await page.click('button');
    await page.waitForTimeout(50);
  }
  clicks = await offered((on) => on.clicks());
}, 120_000);

afterAll(async () => {
  await opened?.close();
  model?.close();
});

/** A machine that others use makes some tasks longer, by caches that are cold: half of them say what the code does. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe(`the main thread, at ${ITEMS} items`, () => {
  it.each(['single', 'context', 'candidate', 'many', 'rules', 'status'] as const)(
    `is as a rule not held longer than ${SLICE} ms by %s`,
    (name) => {
      expect(longest.get(name)).toHaveLength(CALLS[name]);
      expect(median(longest.get(name)!)).toBeLessThan(SLICE);
    },
  );

  it('sees no long task, not even in the first answer, where nothing is compiled yet', () => {
    expect([...longest].filter(([, own]) => Math.max(...own) >= LONG)).toEqual([]);
  });

  it('is back from a click that asks for a shelf within a slice', () => {
    expect(clicks).toHaveLength(CLICKS);
    expect(median(clicks)).toBeLessThan(SLICE);
  });
});
