/** Entries that are worked on in one turn of the event loop. */
export const SLICE = 128;

/** A list in slices, between which its caller lets the event loop turn: who reads meanwhile does not wait for all of it. */
export function* slices<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += SLICE) yield list.slice(at, at + SLICE);
}
