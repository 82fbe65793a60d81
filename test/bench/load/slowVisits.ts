import { availableParallelism, loadavg } from 'node:os';
import { refuse, wholeNumber } from '../options.ts';

/** Visits of a page over a slow network, on a slow processor. */
export interface SlowVisits {
  readonly network: { readonly megabits: number; readonly latencyMs: number };
  /** How many times slower than it is the processor was made. */
  readonly slowdown: number;
  readonly runs: number;
}

/** What a bench of such visits says of its circumstances. */
export interface Circumstances extends SlowVisits {
  /** When, as a date, and on how many cores. */
  readonly date: string;
  readonly cores: number;
  /** How many processes wanted a core meanwhile, the bench's own among them. */
  readonly busy: number;
  /** Items of the model. */
  readonly items: number;
}

export const CACHES = ['cold', 'warm'] as const;

/** Options for `parseArgs`. */
export const slowOptions = (runs: number) =>
  ({
    runs: { type: 'string', default: String(runs) },
    megabits: { type: 'string', default: '10' },
    latency: { type: 'string', default: '40' },
    slowdown: { type: 'string', default: '4' },
  }) as const;

/** The lines of `--help` about them. */
export const slowHelp = (runs: number): string => `\
  --runs <number>       visits of each kind; default: ${runs}
  --megabits <number>   of the network, a second; default: 10
  --latency <number>    of each request, in milliseconds; default: 40
  --slowdown <number>   of the processor; default: 4`;

/** What the options say; ends the bench where one makes no sense. */
export function slowVisits(
  options: Readonly<Record<'runs' | 'megabits' | 'latency' | 'slowdown', string>>,
): SlowVisits {
  const number = (name: keyof typeof options): number => {
    const value = Number(options[name]);
    return value > 0 ? value : refuse(name, options[name], 'a number above 0');
  };
  return {
    network: { megabits: number('megabits'), latencyMs: number('latency') },
    slowdown: number('slowdown'),
    runs: wholeNumber('runs', options.runs),
  };
}

/** To be called once all is measured. */
export function circumstances(visits: SlowVisits, items: number): Circumstances {
  const date = new Date().toISOString().slice(0, 10);
  return { date, cores: availableParallelism(), busy: loadavg()[1]!, items, ...visits };
}
