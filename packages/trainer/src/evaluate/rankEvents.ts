import type { PersonalItem } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { topIndices } from '../train/topIndices.ts';
import type { Range } from '../workers/slices.ts';
import { LIST_LENGTH } from './beyond.ts';
import type { Judging } from './judge.ts';
import type { Method } from './Method.ts';
import { replay } from './replay.ts';

/** Ranks of the targets of some judged events, in their order: how many other candidates score at least as high. */
export interface Ranks {
  readonly all: Uint32Array;
  /** Among the items without an event before the cut. */
  readonly unknown: Uint32Array;
  /** Among the items that the sequence never had. */
  readonly fresh: Uint32Array;
  /** The first items of every `lists`-th of the events, in no order, one list after the other. */
  readonly lists: Uint32Array;
}

/**
 * Passes a log by some methods and ranks the items of its judged events: next item, every item of the log a candidate,
 * ties against the target.
 *
 * @param events all judged ones
 * @param range of those that are ranked here
 * @param frequencyHalfLife for the histories, in days
 */
export async function rankEvents(
  log: EventLog,
  { cut, lists }: Judging,
  events: Uint32Array,
  [from, until]: Range,
  methods: readonly Method[],
  frequencyHalfLife: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Ranks[]> {
  const items = log.itemIds.length;
  const known = new Uint8Array(items);
  for (let e = 0; e < cut; e++) known[log.item[e]!] = 1;
  const size = until - from;
  const found = methods.map(() => ({
    all: new Uint32Array(size),
    unknown: new Uint32Array(size),
    fresh: new Uint32Array(size),
    lists: [] as Uint32Array[],
  }));
  const scores = new Float32Array(items);
  await replay(log, methods, {
    events: events.subarray(from, until),
    frequencyHalfLife,
    async judged(k, moment) {
      methods.forEach((method, m) => {
        method.score(moment, scores);
        const ranks = rank(scores, log.item[events[from + k]!]!, known, moment.personal);
        const own = found[m]!;
        own.all[k] = ranks.all;
        own.unknown[k] = ranks.unknown;
        own.fresh[k] = ranks.fresh;
        if ((from + k) % lists === 0) own.lists.push(topIndices(scores, LIST_LENGTH));
      });
      await progress(k + 1, size);
    },
  });
  return found.map((own) => ({ ...own, lists: joinedColumns(own.lists) }));
}

/** Columns one after the other. */
export function joinedColumns(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** How many other candidates score at least as high as the target: of all, of the unknown ones, of those not had. */
function rank(
  scores: Float32Array,
  target: number,
  known: Uint8Array,
  personal: readonly PersonalItem[],
): { all: number; unknown: number; fresh: number } {
  const score = scores[target]!;
  let all = -1;
  let unknown = known[target] === 0 ? -1 : 0;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! >= score) {
      all++;
      if (known[i] === 0) unknown++;
    }
  }
  const had = personal.filter(({ index }) => index !== target && scores[index]! >= score).length;
  return { all, unknown, fresh: all - had };
}
