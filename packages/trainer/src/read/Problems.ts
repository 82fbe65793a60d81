/** Rows of the input that could not be used, or not as they are, by kind. */
export interface Problem {
  readonly file: string;
  readonly what: string;
  readonly count: number;
  /** The first such row, counted from 1 without the header; absent where it is not about rows. */
  readonly row?: number;
  readonly example?: string;
}

/** One line for the user. */
export function describeProblem({ file, what, count, row, example }: Problem): string {
  const head = `${file}: ${what}`;
  if (row === undefined) return head;
  return `${head}: ${count.toLocaleString('en')}; first in row ${row.toLocaleString('en')}: ${(example ?? '').slice(0, 120)}`;
}

/** What is said where nothing is left: why, a line for each kind of row that was left out. */
export function nothingLeft(message: string, problems: readonly Problem[]): string {
  return [message, ...problems.map((problem) => `  ${describeProblem(problem)}`)].join('\n');
}
