import { readFileSync } from 'node:fs';

/**
 * The rows of the one table of a document that begins with this column, without its head; cells without the air around them.
 *
 * @param document its path
 * @param column the name of the table's first column, as it is written
 * @throws {Error} where there is none, or more than one
 */
export function tableOf(document: string, column: string): string[][] {
  const lines = readFileSync(document, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  const heads = lines.flatMap((line, at) =>
    cellsOf(line)[0] === column && /^\|[ :|-]+\|$/.test(lines[at + 1] ?? '') ? [at] : [],
  );
  if (heads.length !== 1)
    throw new Error(`${document}: found ${heads.length} tables that begin with ${column}, wanted one`);
  const after = lines.slice(heads[0]! + 2);
  const end = after.findIndex((line) => !line.startsWith('|'));
  return after.slice(0, end === -1 ? after.length : end).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
