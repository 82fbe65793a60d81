/** An event of Chromium's trace; times in microseconds, `tdur` by the thread's own clock. */
interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** What `browser.startTracing` has to be told, so that the tasks of the page and the marks in it are there. */
export const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];

/**
 * The longest task of the page's thread in each call, in milliseconds that the thread computed: what other processes took of the
 * machine meanwhile is not in them. Calls stand between the marks `begin NAME` and `end NAME`.
 */
export function longestTasks<Name extends string>(trace: Buffer): Map<Name, number[]> {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const marks = traceEvents
    .filter(({ cat, name }) => cat.includes('blink.user_timing') && /^(begin|end) /.test(name))
    .toSorted((a, b) => a.ts - b.ts);
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      name === 'RunTask' && ph === 'X' && pid === marks[0]!.pid && tid === marks[0]!.tid,
  );
  const longest = new Map<Name, number[]>();
  for (let m = 0; m + 1 < marks.length; m += 2) {
    const [begin, end] = [marks[m]!, marks[m + 1]!];
    const name = begin.name.slice('begin '.length) as Name;
    const own = tasks.filter(({ ts, dur = 0 }) => ts + dur > begin.ts && ts < end.ts);
    if (own.length === 0) throw new Error(`${name}: found no task in the trace, wanted some`);
    // The trace has no time of the thread for some tasks of a microsecond: it is not above the time that passed.
    const computed = Math.max(...own.map(({ dur = 0, tdur = dur }) => tdur / 1000));
    longest.set(name, [...(longest.get(name) ?? []), computed]);
  }
  return longest;
}
