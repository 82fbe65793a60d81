import { beforeAll, describe, expect, it } from 'vitest';
import { readShop, TRAIN_DEFAULTS } from '../src/index.ts';
import { feedStart, type FeedStart } from '../src/lab/feedStart.ts';
import { feedChart } from '../src/report/feedChart.ts';
import { feedReport, feedText } from '../src/report/feedReport.ts';
import { onTwo } from './onTwo.ts';
import { shopFolder } from './syntheticShop.ts';

let found: FeedStart;

beforeAll(async () => {
  const path = await shopFolder();
  const { log, items, schema } = await readShop({
    events: [path('events.csv')],
    items: [path('items.csv')],
    map: {},
  });
  const options = { ...TRAIN_DEFAULTS, dim: 8, epochs: 1, headEvents: 100 };
  found = await onTwo((workers) =>
    feedStart(workers, log, items, schema, options, { days: 2, trains: true }, () => {}),
  );
}, 120_000);

describe('the experiment of a shop that opens with its feed alone', () => {
  it('judges it from no event on to all of them, on the same events', () => {
    expect(found.protocol).toMatchObject({
      sequence: 'shopper',
      items: 200,
      cut: 2948,
      judged: expect.any(Number),
    });
    expect(found.opened.map(({ days }) => days)).toEqual([0, 1, 3, 7, 30]);
    expect(found.opened[0]).toMatchObject({ events: 0, trained: null });
    expect(found.opened.find(({ days }) => days === 30)!.trained).not.toBeNull();
  });

  it('finds that items alone say more than nothing, of shoppers who stay within their departments', () => {
    const [day0] = found.opened;
    expect(day0!.feed['recall@20'].low).toBeGreaterThan(found.beside.random!['recall@20'].high);
    expect(found.beside.random!['recall@20'].mean).toBeCloseTo(20 / 200);
  });

  it('tells it as a document with a plot, and for a terminal', () => {
    const report = feedReport(found);
    for (const way of ['random', 'popularity', 'contentKnn', 'trained'])
      expect(report).toContain(`| ${way} `);
    expect(report).toContain('](feed-days.svg)');
    const [name, svg] = feedChart(found);
    expect([name, svg]).toEqual(['feed-days.svg', expect.stringContaining('</svg>')]);
    expect(feedText(found)).toContain('days open');
  });
});
