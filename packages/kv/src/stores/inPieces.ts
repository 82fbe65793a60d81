/** Cuts a list into pieces of at most `most`, and of at most `weight` together unless one alone weighs more. */
export function inPieces<T>(
  list: readonly T[],
  most: number,
  weight = Infinity,
  weigh: (each: T) => number = () => 0,
): T[][] {
  const pieces: T[][] = [];
  let sum = 0;
  for (const each of list) {
    const last = pieces.at(-1);
    sum += weigh(each);
    if (last !== undefined && last.length < most && sum <= weight) last.push(each);
    else {
      pieces.push([each]);
      sum = weigh(each);
    }
  }
  return pieces;
}
