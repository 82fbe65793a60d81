import { expect } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { type Answer, type Cell, pageWorks, WELL } from './cell.ts';
import { matrix } from './matrix.ts';

const OFFLINE: Answer = { ...WELL, freshness: 'offline' };
const YEAR = 365 * 86_400_000;

let puts = 0;
/** What the shop puts from now on comes to the page. */
async function hears(cell: Cell): Promise<void> {
  const id = `put ${++puts}`;
  await cell.stand.put([{ id, category: ['Food'] }]);
  const has = (): Promise<boolean> =>
    cell
      .frame()
      .evaluate(
        (sought) => (globalThis as unknown as { shop: Storefront }).shop.shelf.item(sought) !== undefined,
        id,
      );
  await expect
    .poll(
      async () => {
        await cell.context.clock.fastForward(5000);
        return has();
      },
      { intervals: [100] },
    )
    .toBe(true);
}

/** The shopper does something, which the next answer knows of. */
async function tracks({ frame }: Cell): Promise<void> {
  const events = await frame().evaluate(() => {
    const { shelf } = (globalThis as unknown as { shop: Storefront }).shop;
    shelf.track({ item: shelf.items()[0]!.id, kind: 'purchase' });
    return shelf.status().profile.events;
  });
  expect(events).toBeGreaterThan(0);
}

/** What the shelf found of earlier visits when it was opened, and of the shopper. */
function keptOf({ frame }: Cell): Promise<object> {
  return frame().evaluate(() => {
    const { cache, profile } = (globalThis as unknown as { shop: Storefront }).shop.shelf.status();
    return { ...cache, events: profile.events };
  });
}

const clockOf = (years: number) => ({
  fault: `with a clock that is a year ${years > 0 ? 'ahead' : 'behind'}`,
  earlier: () => {},
  given: async (cell: Cell) => {
    await tracks(cell);
    await cell.context.clock.setSystemTime(Date.now() + years * YEAR);
  },
  answers: WELL,
  holds: async (cell: Cell) => {
    await tracks(cell);
    await hears(cell);
  },
  heals: (cell: Cell) => cell.context.clock.setSystemTime(Date.now()),
  recovers: 'by itself' as const,
  healed: async (cell: Cell) => {
    await tracks(cell);
    await hears(cell);
  },
});

matrix('page', [
  {
    fault: 'one of ten tabs that open at once',
    async given({ context, stand }) {
      stand.service.asked.length = 0;
      const address = stand.page();
      await Promise.all(Array.from({ length: 9 }, async () => (await context.newPage()).goto(address)));
    },
    answers: WELL,
    async holds(cell) {
      const [, ...others] = cell.context.pages();
      await Promise.all(
        others.map((page) =>
          expect(() => pageWorks({ ...cell, page, frame: () => page.mainFrame() }, WELL)).toPass(),
        ),
      );
      const pages = cell.stand.service.asked.filter((path) => path.includes('/pages/'));
      expect(pages).toHaveLength(new Set(pages).size);
    },
    heals: async ({ context }) => {
      for (const page of context.pages().slice(1)) await page.close();
    },
    recovers: 'by itself',
    healed: hears,
  },
  {
    fault: 'whose network goes and comes each second',
    async strikes(cell) {
      for (let time = 0; time < 4; time++) {
        await cell.context.setOffline(true);
        await pageWorks(cell, OFFLINE);
        await cell.context.clock.fastForward(1000);
        await cell.context.setOffline(false);
        await cell.context.clock.fastForward(1000);
      }
      await cell.context.setOffline(true);
    },
    answers: OFFLINE,
    heals: ({ context }) => context.setOffline(false),
    recovers: 'by itself',
    healed: hears,
  },
  clockOf(1),
  clockOf(-1),
  {
    fault: 'that the browser freezes and thaws',
    async strikes({ context, page, stand }) {
      const client = await context.newCDPSession(page);
      await client.send('Page.setWebLifecycleState', { state: 'frozen' });
      // Nobody answers what is frozen, so that its connections end.
      stand.service.spoil(undefined);
      await client.send('Page.setWebLifecycleState', { state: 'active' });
    },
    answers: WELL,
    recovers: 'by itself',
    healed: hears,
  },
  {
    fault: 'that the browser keeps and gives back',
    async strikes({ page, stand }) {
      const address = page.url();
      await page.evaluate('addEventListener("pageshow", ({ persisted }) => { window.kept = persisted })');
      await page.goto(`http://localhost:${stand.pages.port}/sdk/integrity.json`);
      await page.evaluate('void setTimeout(() => history.back(), 50)').catch(() => {});
      await page.waitForURL(address, { waitUntil: 'commit' });
      await expect.poll(() => page.evaluate('window.kept')).toBe(true);
    },
    answers: WELL,
    recovers: 'by itself',
    healed: hears,
  },
  {
    fault: 'in a frame of another site, where all that it stores lies apart',
    // As browsers do, and Playwright switches it off.
    browser: ({ args = [], ...usual }) => ({ ...usual, args: [...args, '--disable-features='] }),
    framed: true,
    earlier: () => {},
    async given(cell) {
      for (let time = 0; time < 3; time++) await tracks(cell);
    },
    answers: WELL,
    async holds(cell) {
      expect(await keptOf(cell)).toMatchObject({ model: false, pages: 0, persistent: true, events: 0 });
      await tracks(cell);
    },
    recovers: 'on the next page',
    async healed(cell) {
      expect(await keptOf(cell)).toMatchObject({ model: true, persistent: true, events: 1 });
      await hears(cell);
      await cell.page.goto(cell.frame().url());
      const top = { ...cell, frame: () => cell.page.mainFrame() };
      await expect(() => pageWorks(top, WELL)).toPass();
      expect(await keptOf(top)).toMatchObject({ model: true, persistent: true, events: 3 });
    },
  },
  {
    fault: 'in a frame of another site, where it may store nothing',
    framed: true,
    earlier: () => {},
    answers: WELL,
    async holds(cell) {
      expect(await keptOf(cell)).toEqual({ model: false, pages: 0, persistent: false, events: 0 });
    },
    recovers: 'on the next page',
    healed: hears,
  },
]);
