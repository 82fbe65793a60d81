import type { EventLog } from '../read/EventLog.ts';
import { topIndices } from '../train/topIndices.ts';
import { type Groups, groups } from '../read/groups.ts';
import type { Method } from './Method.ts';
import type { Within } from './Within.ts';

/** The sessions (or histories) of a log and its items, each in the order of their events. */
export interface SessionIndex {
  /** The session of each event. */
  readonly session: Uint32Array;
  readonly sessionsOf: Groups;
  readonly itemsOf: Groups;
}

export function sessionIndex(log: EventLog, within: Within): SessionIndex {
  const session = within === 'session' ? log.session : log.sequence;
  return {
    session,
    sessionsOf: groups(log.item, session, log.count, log.itemIds.length),
    itemsOf: groups(session, log.item, log.count),
  };
}

export interface VmisOptions {
  /** Latest sessions of an item that are looked at. */
  readonly sessions: number;
  /** Sessions that vote. */
  readonly neighbours: number;
  /** Latest events of a history that choose them. */
  readonly context: number;
  /** Weight that an event loses with each later moment. */
  readonly decay: number;
  /** A session of n items votes with its similarity times n^-damping. */
  readonly damping: number;
}

/** Far below any vote: ranks what no neighbour had by its popularity. */
const TIE_BREAK = 1e-9;

/**
 * VMIS-kNN, as in Serenade (Kersbergen, Sprangers and Schelter 2022, section 3): for each of the latest items of the
 * history its most recent sessions are found in an inverted index, the sessions with the largest sum of context weights
 * vote for their items, each item with its idf. A vote falls by a tenth with the age of the latest item in common.
 */
export function vmisKnn(
  log: EventLog,
  until: number,
  { session, sessionsOf, itemsOf }: SessionIndex,
  { sessions, neighbours, context, decay, damping }: VmisOptions,
): Method {
  // How many of an item's sessions, and of a session's items, have passed.
  const itemSeen = new Uint32Array(sessionsOf.start.length - 1);
  const sessionSeen = new Uint32Array(itemsOf.start.length - 1);
  const logSeen = new Float64Array(itemSeen.length);
  const shrink = Float64Array.from({ length: longest(itemsOf) + 1 }, (_, size) => size ** -damping);
  const running = new Int32Array(log.sequences).fill(-1);
  const similarity = new Float64Array(sessionSeen.length);
  const closest = new Uint8Array(sessionSeen.length);
  const touched = new Uint32Array(sessionSeen.length);
  let passed = 0;
  return {
    observe(e) {
      running[log.sequence[e]!] = session[e]!;
      if (e >= until) return;
      logSeen[log.item[e]!] = Math.log(++itemSeen[log.item[e]!]!);
      sessionSeen[session[e]!]!++;
      passed++;
    },
    score({ histories, sequence }, out) {
      for (let i = 0; i < out.length; i++) out[i] = TIE_BREAK * itemSeen[i]!;
      let found = 0;
      const latest = histories.latest(sequence, context);
      for (let c = latest.length - 1; c >= 0; c--) {
        const { item, age } = latest[c]!;
        const weight = decay ** age;
        const newest = sessionsOf.start[item]! + itemSeen[item]!;
        for (let k = newest - 1; k >= Math.max(sessionsOf.start[item]!, newest - sessions); k--) {
          const s = sessionsOf.values[k]!;
          if (similarity[s] === 0) {
            touched[found++] = s;
            closest[s] = Math.min(age, 10);
          }
          similarity[s] = similarity[s]! + weight;
        }
      }
      if (found > 0 && log.sequenceKind === 'session') similarity[running[sequence]!] = 0;
      const votes = Float64Array.from({ length: found }, (_, t) => {
        const s = touched[t]!;
        const vote = similarity[s]! * shrink[sessionSeen[s]!]! * (1 - closest[s]! / 10);
        similarity[s] = 0;
        return vote;
      });
      const logPassed = Math.log(passed);
      for (const t of topIndices(votes, neighbours)) {
        const first = itemsOf.start[touched[t]!]!;
        for (let k = first; k < first + sessionSeen[touched[t]!]!; k++) {
          const item = itemsOf.values[k]!;
          out[item] = out[item]! + votes[t]! * (logPassed - logSeen[item]!);
        }
      }
    },
  };
}

function longest({ start }: Groups): number {
  let most = 0;
  for (let k = 1; k < start.length; k++) most = Math.max(most, start[k]! - start[k - 1]!);
  return most;
}
