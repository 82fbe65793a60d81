import { type EngineName, ENGINES } from './EngineBench.ts';

/** Options of the bench in either runtime, for `parseArgs`. */
export const ENGINE_OPTIONS = {
  items: { type: 'string', default: '1000,10000,100000,1000000' },
  contexts: { type: 'string', default: '1,48' },
  engines: { type: 'string', default: ENGINES.join(',') },
  rounds: { type: 'string', default: '30' },
  json: { type: 'string' },
} as const;

/** How much is measured. */
export interface Extent {
  readonly items: readonly number[];
  /** Questions at once. */
  readonly contexts: readonly number[];
  /** Of those that run there. */
  readonly engines: readonly EngineName[];
  /** Most answers that are measured of an engine. */
  readonly rounds: number;
}

/** What the options ask for; ends the process where one is not to be read. */
export function extentOf(
  options: Readonly<Record<'items' | 'contexts' | 'engines' | 'rounds', string>>,
): Extent {
  const wholeNumbers = (name: 'items' | 'contexts' | 'rounds'): number[] => {
    const numbers = options[name].split(',').map(Number);
    if (numbers.every((number) => Number.isInteger(number) && number >= 1)) return numbers;
    console.error(`--${name}: found ${options[name]}, wanted whole numbers >= 1`);
    process.exit(1);
  };
  const names = options.engines.split(',');
  const engines = ENGINES.filter((engine) => names.includes(engine));
  if (engines.length < names.length) {
    console.error(`--engines: found ${options.engines}, wanted some of ${ENGINES.join(',')}`);
    process.exit(1);
  }
  return {
    engines,
    items: wholeNumbers('items'),
    contexts: wholeNumbers('contexts'),
    rounds: wholeNumbers('rounds')[0]!,
  };
}
