/** Rows of the input that could not be used, or not as they are, by kind. */
export interface Problem {
  readonly file: string;
  readonly what: string;
  readonly count: number;
  /** The first such row, counted from 1 without the header. */
  readonly row: number;
  readonly example: string;
}

/** One line for the user. */
export function describeProblem({ file, what, count, row, example }: Problem): string {
  return `${file}: ${what}: ${count.toLocaleString('en')}; first in row ${row.toLocaleString('en')}: ${example.slice(0, 120)}`;
}
