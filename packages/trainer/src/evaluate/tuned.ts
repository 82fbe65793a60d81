import type { EventLog } from '../read/EventLog.ts';
import type { Baseline, BaselineName } from './Baseline.ts';
import { judge } from './judge.ts';
import type { Method } from './Method.ts';
import { PUSH_DOWN, type PushDown, pushDown } from './pushDown.ts';
import { remembered, type Remembered } from './remembered.ts';

/** About how many validation events a baseline is tuned on. */
const TUNED_ON = 600;

/** The training part of a log, and its last part, on which everything is tuned. */
export interface Split {
  readonly fit: number;
  readonly cut: number;
}

/** A baseline with its options chosen. */
export interface Tuned {
  readonly name: BaselineName;
  readonly options: object;
  readonly push: PushDown;
  readonly trainSeconds: number;
  /** Trained before `fit`, made when called: to be blended with others. */
  early(): Remembered;
  /** Trained before `cut`. */
  readonly late: Remembered;
}

/** How a split's validation part is judged: about `events` of it, ranks alone. */
export function validation({ fit, cut }: Split, events = TUNED_ON) {
  const every = Math.max(1, Math.floor((cut - fit) / events));
  return { cut: fit, until: cut, every, lists: Infinity };
}

/** Chooses a baseline's options by NDCG@20 on the validation part, and makes it from all training events. */
export async function tuned(
  log: EventLog,
  split: Split,
  baseline: Baseline,
  frequencyHalfLife: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Tuned> {
  const items = log.itemIds.length;
  const make = baseline.prepare(split.fit, 'early');
  // A session has an item once, so that its history is the session.
  const pushes = PUSH_DOWN.filter((push) => push !== 'history' || log.sequenceKind === 'shopper');
  const trials = baseline.grid.flatMap((_, at) => {
    const method = remembered(make(at), items);
    return pushes.map((push) => ({ at, push, method: pushDown(push, method) }));
  });
  const { methods } = await judge(
    log,
    validation(split),
    trials.map(({ method }) => method),
    frequencyHalfLife,
    progress,
  );
  const scores = methods.map(({ slices }) => slices.all['ndcg@20']);
  const { at, push } = trials[scores.indexOf(Math.max(...scores))]!;
  const began = performance.now();
  const late = remembered(baseline.prepare(split.cut, 'late')(at), items);
  return {
    name: baseline.name,
    options: { ...baseline.grid[at], push },
    push,
    trainSeconds: seconds(began),
    early: () => remembered(baseline.prepare(split.fit, 'late')(at), items),
    late,
  };
}

/** The reported form of a tuned baseline. */
export function methodOf({ late, push }: Tuned): Method {
  return pushDown(push, late);
}

/** Seconds since `began`, to the millisecond. */
export function seconds(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}
