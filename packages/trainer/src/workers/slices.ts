/** From this number to the one before that. */
export type Range = readonly [from: number, to: number];

/**
 * Cuts rows into consecutive ranges of about equal work.
 *
 * @param ends rows + 1; the work of the rows before each one, rising
 * @param most ranges
 */
export function slices(ends: ArrayLike<number>, most: number): Range[] {
  const rows = ends.length - 1;
  const share = (ends[rows]! - ends[0]!) / most;
  const ranges: Range[] = [];
  for (let row = 0, from = 0; row < rows; row++) {
    if (row + 1 < rows && ends[row + 1]! - ends[from]! < share) continue;
    ranges.push([from, row + 1]);
    from = row + 1;
  }
  return ranges;
}

/** Cuts a range into parts of about the same length. */
export function evenly([from, until]: Range, parts: number): Range[] {
  const at = (part: number): number => from + Math.floor(((until - from) * part) / parts);
  return Array.from({ length: parts }, (_, part): Range => [at(part), at(part + 1)]).filter(
    ([a, b]) => b > a,
  );
}
