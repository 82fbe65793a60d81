import { beforeAll, describe, expect, it } from 'vitest';
import { type EventLog, InputError, readShop, type Shop, TRAIN_DEFAULTS, trainModel } from '../src/index.ts';
import { trainWindow } from '../src/lab/trainWindow.ts';
import { weeksOf } from '../src/lab/weeksOf.ts';
import { type RetrainingWindow, retrainingWindow } from '../src/lab/retrainingWindow.ts';
import { windowLog } from '../src/lab/windowLog.ts';
import { onTwo } from './onTwo.ts';
import { shopFolder, shopWithArrivals } from './syntheticShop.ts';

const DAY = 86_400;
const options = { ...TRAIN_DEFAULTS, epochs: 1, dim: 8, rows: 1024, headEvents: 60 };
const quiet = (): void => {};
let shop: Shop;

beforeAll(async () => {
  const path = await shopFolder(shopWithArrivals({ shoppers: 130 }));
  shop = await readShop({ events: [path('events.csv')], items: [path('items.csv')], map: {} });
});

describe('weeks', () => {
  it('are counted back from the end of the log', () => {
    const { log } = shop;
    const end = log.time.at(-1)!;
    const { inAll, cuts, before } = weeksOf(log, 2);
    expect(inAll).toBeCloseTo((end + 1 - log.time[0]!) / (7 * DAY), 9);
    expect(cuts).toHaveLength(3);
    expect(cuts[2]).toBe(log.count);
    for (const [k, days] of [14, 7].entries()) {
      expect(log.time[cuts[k]!]!).toBeGreaterThan(end - days * DAY);
      expect(log.time[cuts[k]! - 1]!).toBeLessThanOrEqual(end - days * DAY);
    }
    expect(log.time[before(3)!]!).toBeGreaterThan(end - 35 * DAY);
    expect(log.time[before(3)! - 1]!).toBeLessThanOrEqual(end - 35 * DAY);
    expect(before(6)).toBe(undefined);
  });

  it('are no more than half of the log, which has two at least', () => {
    const { log } = shop;
    expect(weeksOf(log, 12).cuts).toHaveLength(1 + Math.floor(weeksOf(log, 12).inAll / 2));
    const days = { ...log, time: log.time.map((time) => log.time[0]! + (time - log.time[0]!) / 10) };
    expect(() => weeksOf(days, 12)).toThrow(InputError);
    expect(() => weeksOf(days, 12)).toThrow(/found a log of 0\.8 weeks, wanted at least 2/);
  });
});

describe('a window', { timeout: 60_000 }, () => {
  it('is a log of its own, with nothing before and nothing after', () => {
    const { log } = shop;
    const { log: part, numbers } = windowLog(log, [500, 1500]);
    expect(part.count).toBe(1000);
    expect(part.time).toEqual(log.time.slice(500, 1500));
    expect(Array.from(part.item, (item) => numbers[item])).toEqual([...log.item.slice(500, 1500)]);
    const firsts = Array.from(numbers, (_, item) => part.item.indexOf(item));
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
    expect(part.itemIds).toEqual(Array.from(numbers, (number) => log.itemIds[number]));
  });

  it('trains the model that the events up to there train, where it starts with the log', async () => {
    const { log, items, schema } = shop;
    const { model, cost } = await onTwo(trainWindow, log, [0, 3000], items, schema, options, quiet);
    const whole = await onTwo(trainModel, log, 3000, items, schema, options, quiet);
    expect(model.tables).toEqual(whole.tables);
    expect(model.heads).toEqual(whole.heads);
    expect(model.edges.to).toEqual(whole.edges.to);
    expect(cost).toMatchObject({ trainings: 1, rows: 3000 });
    expect(cost.bytes).toBeGreaterThan(10_000);
  });

  it('knows the items of its time alone, and has its edges among them', async () => {
    const { log, items, schema } = shop;
    const { model } = await onTwo(trainWindow, log, [2000, 2200], items, schema, options, quiet);
    const own = new Set(log.item.subarray(2000, 2200));
    expect(own.size).toBeLessThan(log.itemIds.length - 50);
    log.itemIds.forEach((id, item) => expect(model.vocabulary.knowsId(id)).toBe(own.has(item)));
    const { start, to } = model.edges;
    expect(to.length).toBeGreaterThan(100);
    for (let item = 0; item < log.itemIds.length; item++) {
      const reached = [...to.subarray(start[item]!, start[item + 1]!)];
      expect(reached).toEqual(reached.toSorted((a, b) => a - b));
      expect(reached.every((each) => own.has(each) && own.has(item))).toBe(true);
    }
  });
});

describe('the experiment', { timeout: 240_000 }, () => {
  /** What it says of the shop. */
  let found: RetrainingWindow;
  beforeAll(async () => {
    found = await run(shop.log);
  }, 240_000);
  const run = (log: EventLog): Promise<RetrainingWindow> =>
    onTwo(
      retrainingWindow,
      log,
      shop.items,
      shop.schema,
      options,
      { windows: [1, 2, 30], weeks: 3, judged: 150, seeds: [1] },
      quiet,
    );

  it('judges every way on the same events, and says what it took', () => {
    const { protocol, windows, upkeep } = found;
    expect(Object.keys(windows)).toEqual(['1', '2', 'all']);
    expect(protocol).toMatchObject({ leftOut: [30], newItems: expect.any(Number) });
    expect(upkeep.frozen.quality).toEqual(windows['all']!.quality);
    const ways = [...Object.values(windows), ...Object.values(upkeep)];
    for (const way of ways) {
      expect(way.byWeek.map(({ all }) => all.n)).toEqual(upkeep.weekly.byWeek.map(({ all }) => all.n));
      expect(way.byWeek.every(({ all }) => all.n > 100 && all.n <= 150)).toBe(true);
      expect(way.byWeek.map(({ new: { n } }) => n)).toEqual(upkeep.weekly.byWeek.map(({ new: { n } }) => n));
      const hits = way.byWeek.reduce((sum, { all }) => sum + all.n * all['recall@20'], 0);
      expect(way.quality.all['recall@20']).toBeCloseTo(hits / protocol.judged, 9);
    }
    expect(windows['1']!.cost.rows).toBeLessThan(windows['2']!.cost.rows);
    expect(upkeep.frozen.cost).toMatchObject({ trainings: 1, rows: protocol.cut });
    expect(upkeep.weekly.cost.trainings).toBe(3);
    expect(upkeep.weekly.cost.rows).toBeGreaterThan(3 * protocol.cut);
  });

  it('trains the frozen model of the first week as the one that is trained weekly, and knows no new item where it is left bare', () => {
    const { upkeep } = found;
    expect(upkeep.frozen.byWeek[0]).toEqual(upkeep.weekly.byWeek[0]);
    expect(upkeep.bare.quality.new['recall@20']).toBeLessThan(upkeep.weekly.quality.new['recall@20']);
  });

  it('sees nothing of a later week', async () => {
    const { log } = shop;
    const { cuts } = weeksOf(log, 3);
    const other = { ...log, item: log.item.map((item, e) => (e < cuts[2]! ? item : (item * 7) % 100)) };
    const after = await run(other);
    const weeks = ({ windows, upkeep }: RetrainingWindow, week: number) =>
      [...Object.values(windows), ...Object.values(upkeep)].map(({ byWeek }) => byWeek[week]!.all);
    expect(weeks(after, 0)).toEqual(weeks(found, 0));
    expect(weeks(after, 1)).toEqual(weeks(found, 1));
    expect(weeks(after, 2)).not.toEqual(weeks(found, 2));
  });
});
