import { printable } from './printable.ts';

/** Rows of the input that could not be used, or not as they are, by kind. */
export interface Problem {
  readonly file: string;
  readonly what: string;
  readonly count: number;
  /** The first such row, counted from 1 without the header; absent where it is not about rows. */
  readonly row?: number;
  /** The line of the file that it stands in, where that is known instead. */
  readonly line?: number;
  readonly example?: string;
}

/** One line for the user. */
export function describeProblem({ file, what, count, row, line, example }: Problem): string {
  const head = `${file}: ${what}`;
  const at = row ?? line;
  if (at === undefined)
    return example === undefined
      ? head
      : `${head}: ${count.toLocaleString('en')}; such as ${printable(example)}`;
  const place = `${row === undefined ? 'line' : 'row'} ${at.toLocaleString('en')}`;
  return `${head}: ${count.toLocaleString('en')}; first in ${place}: ${printable((example ?? '').slice(0, 200))}`;
}

/** Problems that come one at a time, each kind of a file once, with its first row and the number of them. */
export interface ProblemsByKind {
  add(problem: Problem): void;
  all(): Problem[];
}

export function problemsByKind(): ProblemsByKind {
  const found = new Map<string, Problem>();
  return {
    add(problem) {
      const key = `${problem.file}\0${problem.what}`;
      const known = found.get(key) ?? { ...problem, count: 0 };
      found.set(key, { ...known, count: known.count + problem.count });
    },
    all: () => [...found.values()],
  };
}

/** What is said where nothing is left: why, a line for each kind of row that was left out. */
export function nothingLeft(message: string, problems: readonly Problem[]): string {
  return [message, ...problems.map((problem) => `  ${describeProblem(problem)}`)].join('\n');
}
