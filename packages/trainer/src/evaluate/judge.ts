import type { PersonalItem } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { histories as newHistories } from '../train/Histories.ts';
import { type Beyond, watchLists } from './beyond.ts';
import type { Method } from './Method.ts';
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

/**
 * Passes a log by some methods and ranks the items of its judged events: next item, every item of the log a candidate,
 * ties against the target.
 *
 * @param frequencyHalfLife for the histories, in days
 */
export async function judge(
  log: EventLog,
  { cut, until, every, lists }: Judging,
  methods: readonly Method[],
  frequencyHalfLife: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Verdict> {
  const items = log.itemIds.length;
  const known = new Uint8Array(items);
  for (let e = 0; e < cut; e++) known[log.item[e]!] = 1;
  const tallies = methods.map(() => SLICES.map(tally));
  const newLists = watchLists(log, cut);
  const watched = methods.map(newLists);
  const ranksOf = methods.map(() => new Uint32Array(until - cut));
  const sizes = new Uint32Array(until - cut);
  let judged = 0;
  const scores = new Float32Array(items);
  const past = newHistories(log, frequencyHalfLife);
  for (let e = 0; e < until; e++) {
    const sequence = log.sequence[e]!;
    if (e >= cut && (e - cut) % every === 0 && past.size(sequence) > 0) {
      const target = log.item[e]!;
      const isKnown = known[target] === 1;
      const isNovel = !past.had(sequence, target);
      const time = log.time[e]!;
      const personal = past.personal(sequence, time, log.session[e]!);
      const moment = { time, sequence, personal, histories: past };
      methods.forEach((method, m) => {
        method.score(moment, scores);
        const ranks = rank(scores, target, known, personal);
        const add = (slice: Slice, at: number): void => tallies[m]![SLICES.indexOf(slice)]!.add(at);
        ranksOf[m]![judged] = ranks.all;
        if (judged % lists === 0) watched[m]!.add(scores);
        add('all', ranks.all);
        add(isKnown ? 'warm' : 'cold', ranks.all);
        if (!isKnown) add('coldOnly', ranks.unknown);
        if (isNovel) {
          add('novel', ranks.all);
          add('discover', ranks.new);
        }
      });
      sizes[judged++] = past.size(sequence);
      await progress(e - cut, until - cut);
    }
    past.add(e);
    for (const method of methods) method.observe(e);
  }
  return {
    methods: tallies.map((own, m) => ({
      slices: Object.fromEntries(SLICES.map((slice, s) => [slice, own[s]!.quality()])) as Record<
        Slice,
        Quality
      >,
      ranks: ranksOf[m]!.slice(0, judged),
      beyond: watched[m]!.beyond(),
    })),
    sizes: sizes.slice(0, judged),
  };
}

/** How many other candidates score at least as high as the target: of all, of the unknown ones, of those not had. */
function rank(
  scores: Float32Array,
  target: number,
  known: Uint8Array,
  personal: readonly PersonalItem[],
): { all: number; unknown: number; new: number } {
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
  return { all, unknown, new: all - had };
}
