import { contextWeight } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import type { EventLog } from '../src/read/EventLog.ts';
import { contextWeightsOf, newContextTable } from '../src/train/contextTable.ts';
import { itemVariants } from '../src/train/ItemVariants.ts';
import { TRAIN_DEFAULTS } from '../src/train/options.ts';
import { seededRandom } from '../src/train/random.ts';
import { trainTower } from '../src/train/trainTower.ts';

const DEPARTMENTS = 6;
const ITEMS = 60;
const [PURCHASE, VIEW] = [0, 1];
const HOUR = 3600;

/** What a two-tower learns of histories: of each, the seconds to its next event, its kind and its item. */
function learnt(
  historyOf: (random: () => number) => { pause: number; kind: number; item: number }[],
): ReturnType<typeof contextWeightsOf> {
  const random = seededRandom(3);
  const events = Array.from({ length: 400 }, (_, sequence) => {
    let time = 1000 * sequence;
    return historyOf(random).map(({ pause, kind, item }) => {
      time += pause;
      return { time, kind, item, sequence };
    });
  })
    .flat()
    .toSorted((a, b) => a.time - b.time);
  const log: EventLog = {
    count: events.length,
    time: Float64Array.from(events, ({ time }) => time),
    item: Uint32Array.from(events, ({ item }) => item),
    sequence: Uint32Array.from(events, ({ sequence }) => sequence),
    sequences: 400,
    session: Uint32Array.from(events, ({ sequence }) => sequence),
    quantity: new Float32Array(events.length).fill(1),
    kind: Uint8Array.from(events, ({ kind }) => kind),
    kinds: ['purchase', 'view'],
    itemIds: Array.from({ length: ITEMS }, (_, i) => `item ${i}`),
    sequenceKind: 'shopper',
  };
  const items = log.itemIds.map((id) => ({ id }));
  const training = {
    log,
    end: log.count,
    range: [0, log.count] as const,
    variants: itemVariants(items, [], 256),
    rows: 256,
    dim: 16,
    options: TRAIN_DEFAULTS,
    epochs: 8,
    seed: 1,
  };
  return contextWeightsOf(trainTower(training, () => {}).weights, log.kinds);
}

/** An item of a department. */
const itemOf = (department: number, random: () => number): number =>
  department + DEPARTMENTS * Math.floor((random() * ITEMS) / DEPARTMENTS);

describe('the weights that a query reads', () => {
  it('are to each other as those that were learned, for events without a kind too, whose factor is 1', () => {
    const kinds = ['', 'view', 'purchase'];
    const table = newContextTable(0.8, kinds.length);
    table.logs.set([Math.log(0.9), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.3, -0.8, 0.5]);
    const weights = contextWeightsOf(table, kinds);
    const unnamed = contextWeight({ age: 2, gap: 100, kind: '' }, weights);
    expect(unnamed).toBeCloseTo(0.9 ** 2 * Math.exp(0.2), 4);
    kinds.forEach((kind, k) => {
      const times = Math.exp(table.logs[8 + k]! - table.logs[8]!);
      expect(contextWeight({ age: 2, gap: 100, kind }, weights) / unnamed).toBeCloseTo(times, 4);
    });
    expect(Object.keys(weights.kinds)).toEqual(['view', 'purchase']);
  });
});

describe('the weights of a history', { timeout: 60_000 }, () => {
  it('tell a kind of event that says what comes next from one that says nothing', () => {
    const { kinds } = learnt((random) => {
      const own = Math.floor(random() * DEPARTMENTS);
      return Array.from({ length: 16 }, () => {
        const kind = random() < 0.5 ? PURCHASE : VIEW;
        const department = kind === PURCHASE ? own : Math.floor(random() * DEPARTMENTS);
        return { pause: HOUR, kind, item: itemOf(department, random) };
      });
    });
    expect(kinds['purchase']!).toBeGreaterThan(1.5 * kinds['view']!);
  });

  it('tell what was done just now from what was done long ago, where the time says it and the order does not', () => {
    const { gaps } = learnt((random) => {
      let own = 0;
      // A long pause changes the department, as often after one event as after five.
      return Array.from({ length: 16 }, (_, k) => {
        const away = k === 0 || random() < 0.3;
        if (away) own = Math.floor(random() * DEPARTMENTS);
        return { pause: away ? 100 * 24 * HOUR : 30, kind: PURCHASE, item: itemOf(own, random) };
      });
    });
    expect(gaps[0]!).toBeGreaterThan(1.5 * gaps.at(-1)!);
  });
});
