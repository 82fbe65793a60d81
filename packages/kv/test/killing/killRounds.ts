import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LIVE_HALF_LIVES, liveDecay, pageOf } from '@evershelf/model';
import { logged, type LoggedLine } from '../logged.ts';
import { bundled } from '../bundled.ts';
import { openPlace } from '../stores/openPlace.ts';

export interface KillOptions {
  /** Address of an empty store, for `openPlace`. */
  readonly place: string;
  /** An empty folder, for the log of events. */
  readonly data: string;
  readonly rounds: number;
  /** Events that are acknowledged in each round, at least, before it is killed. */
  readonly eventsARound: number;
  /** No round begins after so many. */
  readonly seconds?: number;
  /** 0 to 1, for what is written and when it is killed. */
  readonly random: () => number;
  /** Told of each process, and of each kill. */
  readonly onStart?: (child: ChildProcess) => void;
  readonly onKill?: (kills: number) => void;
  readonly signal?: AbortSignal;
}

/** What was acknowledged by services that were killed, and what was there afterwards. */
export interface KillOutcome {
  readonly kills: number;
  /** Batches of puts or deletes that were acknowledged; and those that were under way at a kill, of which all or nothing must be there. */
  readonly writes: number;
  readonly cutWrites: number;
  /** Items that a later service does not hold as they were acknowledged, or that hold a part of a batch that was cut. */
  readonly wrongItems: readonly string[];
  readonly events: number;
  /** Acknowledged events that are not in the log, events that are there twice, and lines that nobody sent. */
  readonly lostEvents: readonly string[];
  readonly repeatedEvents: readonly string[];
  readonly strangeLines: readonly string[];
  /** Items whose counters are not the decayed number of their lines in the log. */
  readonly counters: number;
  readonly wrongCounters: readonly string[];
  /** Answers that were errors though nothing was killed. */
  readonly refused: readonly string[];
  readonly lines: readonly LoggedLine[];
}

const TOKEN = 'open sesame';
const SENDERS = 8;
const WRITERS = 3;
/** Items that events are of, and those that each writer has for itself. */
const ITEMS = 400;
const OWN = 20;
/** Longest pause before a kill, in milliseconds, once enough is under way. */
const LATE = 100;
/** Tenths of a second that the last service has to count what is in the log. */
const COUNTED = 300;
/** Relative error of a sum of decayed events that was added up in another order. */
const ROUNDING = 1e-9;

const child = await bundled('test/killing/servingChild.ts');

/** What an item of a writer may be: the number of its last put, or 0 where it was deleted or never put. */
type States = Map<string, number>;

/** A batch that had no answer. */
interface Cut {
  readonly ids: readonly string[];
  readonly to: number;
}

/** Starts services on one store, one after the other, writes to each from all sides, and kills it with SIGKILL in the middle. */
export async function killRounds(options: KillOptions): Promise<KillOutcome> {
  const { place, data, rounds, eventsARound, random, signal, seconds = Infinity } = options;
  const sent = new Map<string, string>();
  const acknowledged = new Set<string>();
  const unanswered: { id: string }[] = [];
  const wrongItems: string[] = [];
  const refused: string[] = [];
  const states: States[] = Array.from({ length: WRITERS }, () => new Map());
  const tally = { writes: 0, cutWrites: 0, put: 0 };

  const serving = async (): Promise<{ url: string; kill(): Promise<void> }> => {
    signal?.throwIfAborted();
    const running = spawn(process.execPath, [child, place, data, TOKEN], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    options.onStart?.(running);
    const ended = once(running, 'close');
    const [url] = (await Promise.race([
      once(createInterface(running.stdout), 'line'),
      ended.then(([code]) => {
        throw new Error(`found a service that ended with ${String(code)}, wanted its address`);
      }),
    ])) as [string];
    return {
      url,
      async kill() {
        running.kill('SIGKILL');
        await ended;
      },
    };
  };

  /** The answer's status, undefined where the service died under it. */
  const ask = async (url: string, path: string, init: RequestInit): Promise<number | undefined> => {
    try {
      const answer = await fetch(url + path, init);
      const text = await answer.text();
      if (!answer.ok) refused.push(`${path}: ${answer.status} ${text}`);
      return answer.status;
    } catch {
      return undefined;
    }
  };
  const write = (url: string, method: string, body: object): Promise<number | undefined> =>
    ask(url, '/v1/items', {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    });

  const sendEvents = async (url: string, dead: AbortSignal): Promise<void> => {
    while (!dead.aborted) {
      // What had no answer is sent again, as is something that had one.
      const again = unanswered.splice(0, 5);
      const number = sent.size;
      const event = { id: `${number}`, item: `${(number + 1) % ITEMS}`, kind: 'view', session: `${number}` };
      sent.set(event.id, event.item);
      const events = [...again, event];
      const status = await ask(url, '/v1/events', {
        method: 'POST',
        headers: { 'x-client': `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}` },
        body: JSON.stringify({ events }),
      });
      if (status === 202) for (const { id } of events) acknowledged.add(id);
      else unanswered.push(...events);
      if (number % 7 === 0 && status !== undefined) unanswered.push(event);
    }
  };

  /** Puts and deletes some of a writer's own items again and again. @returns the batch that the kill has cut */
  const writeItems = async (url: string, writer: number, dead: AbortSignal): Promise<Cut | undefined> => {
    while (!dead.aborted) {
      const some = 1 + Math.floor(random() * OWN);
      const first = Math.floor(random() * OWN);
      const ids = Array.from({ length: some }, (_, k) => `writer ${writer}, ${(first + k) % OWN}`);
      const isPut = random() < 0.8;
      const to = isPut ? ++tally.put : 0;
      let status: number | undefined;
      // A connection that was closed as it was idle is no death: who has no answer sends the same again.
      while (status === undefined && !dead.aborted) {
        status = isPut
          ? await write(url, 'PUT', { items: ids.map((id) => ({ id, price: to })) })
          : await write(url, 'DELETE', { ids });
        if (status === undefined) await pause(20);
      }
      if (status === undefined) return { ids, to };
      if (status !== 200) continue;
      tally.writes++;
      for (const id of ids) states[writer]!.set(id, to);
    }
    return undefined;
  };

  /** Holds a writer's items against what it was told, and takes over which of both a batch that was cut has become. */
  const checkItems = async (url: string, writer: number, cut: Cut | undefined): Promise<void> => {
    const ids = Array.from({ length: OWN }, (_, k) => `writer ${writer}, ${k}`);
    const query = ids.map((id) => `id=${encodeURIComponent(id)}`).join('&');
    const { items } = (await (await fetch(`${url}/v1/items?${query}`)).json()) as {
      items: { item: { id: string; price: number } }[];
    };
    const held = new Map(items.map(({ item }) => [item.id, item.price]));
    const own = states[writer]!;
    // One item of the batch that has its new state says that all of them must.
    const isDone =
      cut?.ids.some((id) => (held.get(id) ?? 0) === cut.to && (own.get(id) ?? 0) !== cut.to) === true;
    if (cut !== undefined) tally.cutWrites++;
    if (isDone) for (const id of cut!.ids) own.set(id, cut!.to);
    for (const id of ids)
      if ((held.get(id) ?? 0) !== (own.get(id) ?? 0))
        wrongItems.push(`${id}: found ${held.get(id) ?? 0}, wanted ${own.get(id) ?? 0}`);
  };

  let cuts: (Cut | undefined)[] = [];
  const check = async (url: string): Promise<void> => {
    for (const writer of states.keys()) await checkItems(url, writer, cuts[writer]);
  };
  let kills = 0;
  const late = performance.now() + seconds * 1000;
  while (kills < rounds && performance.now() < late) {
    const { url, kill } = await serving();
    await check(url);
    const items = Array.from({ length: ITEMS }, (_, k) => ({ id: `${k}` }));
    if (kills === 0) await write(url, 'PUT', { items });
    const dead = new AbortController();
    const senders = Array.from({ length: SENDERS }, () => sendEvents(url, dead.signal));
    const writers = states.map((_, writer) => writeItems(url, writer, dead.signal));
    const [enough, some] = [acknowledged.size + eventsARound, tally.writes + WRITERS];
    while (acknowledged.size < enough || tally.writes < some) await pause(5, undefined, signal && { signal });
    await pause(random() * LATE);
    await kill();
    dead.abort();
    await Promise.all(senders);
    cuts = await Promise.all(writers);
    kills++;
    options.onKill?.(kills);
  }

  // The last one is asked, has time to count, and is killed too.
  const last = await serving();
  await check(last.url);
  const lines = await logged(join(data, 'events'));
  const found = new Map<string, number>();
  for (const { event_id } of lines) found.set(event_id!, (found.get(event_id!) ?? 0) + 1);
  const byItem = new Map<string, LoggedLine[]>();
  for (const line of lines) byItem.set(line.item_id, [...(byItem.get(line.item_id) ?? []), line]);
  let wrongCounters = [...byItem.keys()];
  for (let tries = 0; wrongCounters.length > 0 && tries < COUNTED; tries++) {
    await pause(100);
    wrongCounters = await wrongOf(place, byItem);
  }
  await last.kill();
  return {
    kills,
    writes: tally.writes,
    cutWrites: tally.cutWrites,
    wrongItems,
    events: acknowledged.size,
    lostEvents: [...acknowledged].filter((id) => !found.has(id)),
    repeatedEvents: [...found].filter(([, times]) => times > 1).map(([id]) => id),
    strangeLines: lines
      .filter(({ event_id, item_id }) => sent.get(event_id!) !== item_id)
      .map((line) => JSON.stringify(line)),
    counters: byItem.size,
    wrongCounters,
    refused,
    lines,
  };
}

interface Counted {
  readonly counters?: { readonly counts: readonly number[]; readonly time: number };
}

/** Items whose counters in the store are not the sum of their lines, each decayed until the moment of the counters. */
async function wrongOf(place: string, byItem: ReadonlyMap<string, readonly LoggedLine[]>): Promise<string[]> {
  const store = await openPlace(place);
  try {
    const ids = [...byItem.keys()];
    const records = await store.getMany(ids.map((id) => [`item/${pageOf(id, 256)}`, id]));
    return ids.flatMap((id, i) => {
      const { counts = [], time = 0 } = (records[i] as Counted | undefined)?.counters ?? {};
      const wanted = LIVE_HALF_LIVES.map((days) =>
        byItem.get(id)!.reduce((sum, { timestamp }) => sum + liveDecay(time - timestamp, days), 0),
      );
      const isRight = wanted.every((each, h) => Math.abs(each - counts[h]!) <= ROUNDING * each);
      return isRight ? [] : [`${id}: found ${counts.join(', ')}, wanted ${wanted.join(', ')}`];
    });
  } finally {
    await store.close();
  }
}
