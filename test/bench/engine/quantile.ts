/** The smallest of the values that at least the share `q` of them do not exceed (nearest rank). */
export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)]!;
}
