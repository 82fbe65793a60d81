import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore, type RunningService, startService } from '../../packages/kv/src/index.ts';
import { KEPT_PAIRS, type PairsAnswer, servedPairs } from '../../packages/model/src/index.ts';
import { itemsBefore } from '../../packages/sdk/src/profile/itemsBefore.ts';
import { NO_PROFILE, type Profile, withEvents } from '../../packages/sdk/src/profile/Profile.ts';
import type { EventLog } from '../../packages/trainer/src/read/EventLog.ts';
import { livePairs } from '../../packages/trainer/src/train/LivePairs.ts';
import { seededRandom } from '../../packages/trainer/src/train/random.ts';

const HOUR = 3600;
const START = 488_888 * HOUR;
const [SESSIONS, ITEMS] = [240, 120];

/** An event of a shop, as `[time, session, item]`; some share a moment, some repeat an item of their session. */
type Click = readonly [time: number, session: number, item: number];

const id = (item: number): string => `sku ${item}`;

let service: RunningService;
let now = START;

beforeAll(async () => {
  // One machine plays all shoppers.
  const limits = {
    requestsPerMinute: 1e9,
    charactersPerMinute: 1e9,
    eventsPerMinute: 1e9,
    countsPerItem: 1e9,
    countsPerPair: 1e9,
    countsPerHour: 1e9,
  };
  service = await startService({
    store: memoryStore(),
    token: 'secret',
    port: 0,
    pages: 1,
    now: () => now,
    limits,
  });
});
afterAll(() => service.close());

async function send(method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: 'Bearer secret' };
  const answer = await fetch(service.url + path, { method, headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
}

/** Sessions that overlap over weeks, with items of one neighbourhood more often than not. */
function clicks(): Click[] {
  const random = seededRandom(7);
  const all: Click[] = [];
  for (let session = 0; session < SESSIONS; session++) {
    let time = START + Math.floor(random() * 60 * 24) * HOUR;
    const home = Math.floor(random() * ITEMS);
    for (let k = 0; k < 2 + random() * 14; k++) {
      if (random() < 0.7) time += 1 + Math.floor(random() * 1000);
      all.push([time, session, Math.floor(home + random() ** 2 * ITEMS) % ITEMS]);
    }
  }
  return all.sort(([a], [b]) => a - b);
}

/** As `readEvents` of the trainer leaves it: without a second event of an item in its session. */
function logOf(played: readonly Click[]): EventLog {
  const seen = new Set<string>();
  const kept = played.filter(([, session, item]) => {
    const key = `${session} ${item}`;
    return !seen.has(key) && seen.add(key);
  });
  return {
    count: kept.length,
    time: Float64Array.from(kept, ([time]) => time),
    session: Uint32Array.from(kept, ([, session]) => session),
    item: Uint32Array.from(kept, ([, , item]) => item),
  } as Partial<EventLog> as EventLog;
}

/** Most items that one item shares sessions with. */
function mostPartners({ count, session, item }: EventLog): number {
  const sessions = new Map<number, number[]>();
  for (let e = 0; e < count; e++) sessions.set(session[e]!, [...(sessions.get(session[e]!) ?? []), item[e]!]);
  const partners = Array.from({ length: ITEMS }, () => new Set<number>());
  for (const items of sessions.values())
    for (const one of items) for (const other of items) partners[one]!.add(other);
  return Math.max(...partners.map(({ size }) => size - 1));
}

describe('pairs', { timeout: 120_000 }, () => {
  it('are counted by the service from what pages send as the trainer counts them', async () => {
    const played = clicks();
    await send('PUT', '/v1/items', { items: Array.from({ length: ITEMS }, (_, i) => ({ id: id(i) })) });
    const profiles = new Map<number, Profile>();
    for (const [time, session, item] of played) {
      now = time;
      const before = profiles.get(session) ?? NO_PROFILE;
      const past = [{ item: { id: id(item) }, kind: 'view', time: time * 1000 }];
      const [after] = itemsBefore(before, past);
      profiles.set(
        session,
        withEvents(before, past, () => true, 60),
      );
      // Only some pages name their session: what repeats is known to all of them.
      const event = {
        time,
        item: id(item),
        kind: 'view',
        after,
        ...(session % 2 ? { session: `${session}` } : {}),
      };
      await send('POST', '/v1/events', { events: [event] });
      await service.flush();
    }

    const log = logOf(played);
    expect(log.count).toBeLessThan(played.length);
    // Rows run full, so that both forget the same.
    expect(mostPartners(log)).toBeGreaterThan(KEPT_PAIRS);
    const pairs = livePairs(log, ITEMS);
    for (let e = 0; e < log.count; e++) pairs.add(e);
    now = HOUR * Math.ceil(now / HOUR);
    const { items } = (await (await fetch(`${service.url}/v1/pairs/0`)).json()) as PairsAnswer;
    const counted = Array.from({ length: ITEMS }, (_, i) => {
      const { to, weight } = pairs.counts(i, now);
      return { id: id(i), pairs: servedPairs(Array.from(to, (other, k) => [id(other), weight[k]!])) };
    });
    expect(items).toEqual(counted.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  });
});
