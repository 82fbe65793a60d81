import type { EventLog } from '../read/EventLog.ts';
import { histories as newHistories } from '../train/Histories.ts';
import { type Beyond, beyond } from './beyond.ts';
import type { Method } from './Method.ts';
import { rankEvents, type Ranks } from './rankEvents.ts';
import { type Quality, tally } from './Tally.ts';

/**
 * Parts of the judged events:
 *
 * - `warm`: the target has an event before the cut; `cold`: it has none.
 * - `coldOnly`: cold targets, ranked among the items without an event before the cut.
 * - `novel`: the target is new to its sequence.
 * - `discover`: novel targets, everything that the sequence had removed from the candidates.
 */
export const SLICES = ['all', 'warm', 'cold', 'coldOnly', 'novel', 'discover'] as const;
export type Slice = (typeof SLICES)[number];
export type Slices = Readonly<Record<Slice, Quality>>;

export interface Judging {
  /** Events before this one are what methods trained on. */
  readonly cut: number;
  /** Events from the cut to this one are judged. */
  readonly until: number;
  /** Every how many of them, where they have a history. */
  readonly every: number;
  /** Every how many judged events the first 20 items are looked at. */
  readonly lists: number;
}

/** How one method did. */
interface Judged {
  readonly slices: Slices;
  /** The target's rank among all items, at each judged event. */
  readonly ranks: Uint32Array;
  readonly beyond: Beyond;
}

export interface Verdict {
  /** By method, in their order. */
  readonly methods: readonly Judged[];
  /** Earlier events of the sequence, at each judged event. */
  readonly sizes: Uint32Array;
}

/** The judged events of a log. */
export interface JudgedEvents {
  readonly events: Uint32Array;
  /** Earlier events of the sequence of each. */
  readonly sizes: Uint32Array;
  /** 1 where the sequence never had the target. */
  readonly novel: Uint8Array;
}

export function judgedEvents(log: EventLog, { cut, until, every }: Judging): JudgedEvents {
  const events: number[] = [];
  const sizes: number[] = [];
  const novel: number[] = [];
  const past = newHistories(log, 1, cut);
  for (let e = cut; e < until; e++) {
    const sequence = log.sequence[e]!;
    if ((e - cut) % every === 0 && past.size(sequence) > 0) {
      events.push(e);
      sizes.push(past.size(sequence));
      novel.push(past.had(sequence, log.item[e]!) ? 0 : 1);
    }
    past.add(e);
  }
  return { events: Uint32Array.from(events), sizes: Uint32Array.from(sizes), novel: Uint8Array.from(novel) };
}

/** The quality of a method by its ranks. */
export function judgedBy(log: EventLog, cut: number, { events, novel }: JudgedEvents, ranks: Ranks): Judged {
  const known = new Uint8Array(log.itemIds.length);
  for (let e = 0; e < cut; e++) known[log.item[e]!] = 1;
  const tallies = SLICES.map(tally);
  const add = (slice: Slice, at: number): void => tallies[SLICES.indexOf(slice)]!.add(at);
  events.forEach((e, k) => {
    const isKnown = known[log.item[e]!] === 1;
    add('all', ranks.all[k]!);
    add(isKnown ? 'warm' : 'cold', ranks.all[k]!);
    if (!isKnown) add('coldOnly', ranks.unknown[k]!);
    if (novel[k] === 0) return;
    add('novel', ranks.all[k]!);
    add('discover', ranks.fresh[k]!);
  });
  return {
    slices: Object.fromEntries(SLICES.map((slice, s) => [slice, tallies[s]!.quality()])) as Record<
      Slice,
      Quality
    >,
    ranks: ranks.all,
    beyond: beyond(log, cut, ranks.lists),
  };
}

/**
 * Judges methods in this thread, all of them at each event.
 *
 * @param frequencyHalfLife for the histories, in days
 */
export async function judge(
  log: EventLog,
  judging: Judging,
  methods: readonly Method[],
  frequencyHalfLife: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Verdict> {
  const judged = judgedEvents(log, judging);
  const { events, sizes } = judged;
  const ranks = await rankEvents(
    log,
    judging,
    events,
    [0, events.length],
    methods,
    frequencyHalfLife,
    progress,
  );
  return { methods: ranks.map((own) => judgedBy(log, judging.cut, judged, own)), sizes };
}
