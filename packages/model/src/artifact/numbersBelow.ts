/** Numbers below this one fit into 16 bits. */
const SHORT = 65_536;

/** The format in which an artifact keeps whole numbers below `end`. */
export function formatBelow(end: number): 'U16' | 'U32' {
  return end <= SHORT ? 'U16' : 'U32';
}

/** Whole numbers below `end` in that format. */
export function numbersBelow(end: number, numbers: ArrayLike<number>): Uint16Array | Uint32Array {
  return formatBelow(end) === 'U16' ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
}
