import type { EventLog } from '../read/EventLog.ts';
import { shared, unshared } from '../workers/shared.ts';
import { type CounterState, liveCounters, type LiveCounters, newCounterState } from './LiveCounters.ts';
import { livePairs, type LivePairs, newPairState, type PairState } from './LivePairs.ts';

/** What the first events of a log left behind, as data: who comes later need not play them again. */
export interface Passed {
  readonly events: number;
  readonly counters: CounterState;
  readonly pairs: PairState;
}

/** Counters that move on with a log. */
export interface Passing {
  readonly counters: LiveCounters;
  readonly pairs: LivePairs;
  /** Passes the events up to e, which is not among them. */
  moveTo(e: number): void;
  /** A copy of what was left behind so far, over shared memory. */
  passed(): Passed;
}

/** @param from where to begin; it is copied. Default is before the first event */
export function passing(log: EventLog, items: number, from?: Passed): Passing {
  const state = {
    counters: from === undefined ? newCounterState(items) : unshared(from.counters),
    pairs: from === undefined ? newPairState(log, items) : unshared(from.pairs),
  };
  const counters = liveCounters(items, state.counters);
  const pairs = livePairs(log, items, state.pairs);
  let events = from?.events ?? 0;
  return {
    counters,
    pairs,
    moveTo(e) {
      for (; events < e; events++) {
        counters.add(log.item[events]!, log.time[events]!);
        pairs.add(events);
      }
    },
    passed: () => shared({ events, ...state }),
  };
}

/** Plays the first events of a log. */
export function passEvents({ log, items, until }: { log: EventLog; items: number; until: number }): Passed {
  const past = passing(log, items);
  past.moveTo(until);
  return past.passed();
}
