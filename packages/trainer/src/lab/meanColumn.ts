/** The mean of columns of the same length, place by place. */
export function meanColumn(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, at) => columns.reduce((sum, values) => sum + values[at]!, 0) / columns.length);
}
