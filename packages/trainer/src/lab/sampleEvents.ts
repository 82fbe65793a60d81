import type { EventLog } from '../read/EventLog.ts';

/**
 * Events of [from, until) to judge: those that have a history and suit, thinned out evenly to at most `most`.
 *
 * @returns event numbers, in order
 */
export function sampleEvents(
  log: EventLog,
  [from, until]: readonly [number, number],
  most: number,
  suits: (e: number) => boolean = () => true,
): number[] {
  const started = new Uint8Array(log.sequences);
  const all: number[] = [];
  for (let e = 0; e < until; e++) {
    if (e >= from && started[log.sequence[e]!] === 1 && suits(e)) all.push(e);
    started[log.sequence[e]!] = 1;
  }
  const every = Math.ceil(all.length / most);
  return all.filter((_, k) => k % every === 0);
}
