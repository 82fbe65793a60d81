import { describe, expect, it } from 'vitest';
import { bootstrap, type Intervals } from '../src/evaluate/bootstrap.ts';
import { contestants } from '../src/evaluate/evaluate.ts';
import { judge } from '../src/evaluate/judge.ts';
import type { Method } from '../src/evaluate/Method.ts';
import { METHODS } from '../src/evaluate/methods.ts';
import { popularity } from '../src/evaluate/popularity.ts';
import { type EventLog, readShop, type Shop, TRAIN_DEFAULTS } from '../src/index.ts';
import { histories } from '../src/train/Histories.ts';
import { seededRandom, shuffle } from '../src/train/random.ts';
import { onTwo } from './onTwo.ts';
import { shopFolder, syntheticShop } from './syntheticShop.ts';

const options = { ...TRAIN_DEFAULTS, epochs: 2, dim: 8, rows: 1024, headEvents: 100 };
const quiet = (): void => {};
/** `pnpm soak --only leaks` has more shoppers and items, and ends the past in two places. */
const LONG = process.env['EVERSHELF_SOAK'] !== undefined;
const perDepartment = LONG ? 25 : 10;

type Methods = Record<string, Method>;

async function shopOf(shop: ReturnType<typeof syntheticShop>): Promise<Shop> {
  const path = await shopFolder(shop);
  return readShop({ events: [path('events.csv')], items: [path('items.csv')], map: {} });
}

/** Every method of the lab, trained and tuned. */
async function methodsOf({ items, schema }: Shop, log: EventLog): Promise<Methods> {
  const entries = await onTwo(contestants, log, items, schema, options, quiet);
  return Object.fromEntries(entries.map(({ name, open }) => [name, open()]));
}

describe('the future', { timeout: 120_000 }, () => {
  /** The same log up to event e; from there on, items, histories, sessions and times are others. */
  function withOtherFuture(log: EventLog, e: number): EventLog {
    const random = seededRandom(e);
    const mixed = (values: Uint32Array): Uint32Array => {
      const copy = values.slice();
      shuffle(copy.subarray(e), random);
      return copy;
    };
    return {
      ...log,
      item: log.item.map((item, k) => (k < e ? item : Math.floor(random() * log.itemIds.length))),
      sequence: mixed(log.sequence),
      session: mixed(log.session),
      time: log.time.map((time, k) => (k < e ? time : time + 86_400 * 30)),
    };
  }

  /** What each method says just before event e. */
  function scoresBefore(
    e: number,
    log: EventLog,
    asked: EventLog,
    methods: Methods,
  ): Record<string, Float32Array> {
    const past = histories(log, options.frequencyHalfLife);
    for (let k = 0; k < e; k++) {
      past.add(k);
      for (const method of Object.values(methods)) method.observe(k);
    }
    const [time, sequence] = [asked.time[e]!, asked.sequence[e]!];
    const personal = past.personal(sequence, time, asked.session[e]!);
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => {
        const out = new Float32Array(log.itemIds.length);
        method.score({ time, sequence, personal, histories: past }, out);
        return [name, out];
      }),
    );
  }

  it.each(LONG ? [0.8, 0.93] : [0.8])(
    'changes no score of any method when it changes from %d of the log on',
    async (share) => {
      const shop = await shopOf(syntheticShop({ shoppers: LONG ? 120 : 40, perDepartment }));
      const { log } = shop;
      const e = Math.floor(share * log.count);
      const other = withOtherFuture(log, e);
      const all = async (own: EventLog): Promise<Methods> => ({
        ...(await methodsOf(shop, own)),
        // Counts what is yet to come: what this test must catch.
        leaking: popularity(own, own.count),
      });
      const before = scoresBefore(e, log, log, await all(log));
      const after = scoresBefore(e, other, log, await all(other));
      const changed = Object.keys(before).filter((name) =>
        before[name]!.some((s, i) => s !== after[name]![i]),
      );
      expect(Object.keys(before)).toEqual([...METHODS, 'leaking']);
      expect(changed).toEqual(['leaking']);
    },
  );
});

describe('the order inside a basket', { timeout: 120_000 }, () => {
  /** All lines of a basket at one time, sorted by item or at random. */
  function baskets(order: 'sorted' | 'random'): ReturnType<typeof syntheticShop> {
    const shop = syntheticShop({ shoppers: LONG ? 250 : 80, perDepartment });
    const random = seededRandom(1);
    const first = new Map<string, number>();
    for (const { session, time } of shop.events)
      first.set(session, Math.min(first.get(session) ?? time, time));
    const events = shop.events
      .map((event) => ({ event: { ...event, time: first.get(event.session)! }, at: random() }))
      .sort(
        (a, b) =>
          a.event.time - b.event.time ||
          (a.event.session < b.event.session ? -1 : a.event.session > b.event.session ? 1 : 0) ||
          (order === 'random' ? a.at - b.at : Number(a.event.item) - Number(b.event.item)),
      );
    return { ...shop, events: events.map(({ event }) => event) };
  }

  /** Ranks items by their number, from the latest of the history on: what this test must catch. */
  function leaking(log: EventLog): Method {
    const number = log.itemIds.map(Number);
    return {
      observe() {},
      score({ sequence, histories: past }, out) {
        const latest = number[past.latest(sequence, 1)[0]!.item]!;
        number.forEach((own, i) => (out[i] = own > latest ? -own : -1000 - own));
      },
    };
  }

  async function intervals(order: 'sorted' | 'random'): Promise<Record<string, Intervals>> {
    const shop = await shopOf(baskets(order));
    const { log } = shop;
    const all: Methods = { ...(await methodsOf(shop, log)), leaking: leaking(log) };
    const judging = { cut: Math.floor(0.8 * log.count), until: log.count, every: 1, lists: Infinity };
    const { methods } = await judge(log, judging, Object.values(all), options.frequencyHalfLife, quiet);
    const found = bootstrap(
      methods.map(({ ranks }) => ranks),
      1,
    );
    return Object.fromEntries(Object.keys(all).map((name, m) => [name, found[m]!.own]));
  }

  it('changes no figure of any method beyond noise', async () => {
    const [sorted, random] = [await intervals('sorted'), await intervals('random')];
    const moved = Object.keys(sorted).filter((name) => {
      const [a, b] = [sorted[name]!['ndcg@20'], random[name]!['ndcg@20']];
      // Three standard errors of the difference, each a quarter of its 95 % interval.
      return Math.abs(a.mean - b.mean) > 3 * Math.hypot((a.high - a.low) / 4, (b.high - b.low) / 4);
    });
    expect(moved).toEqual(['leaking']);
  });
});
