import { encoder, END, type PackedTexts } from './texts.ts';

/** Places of the table for each id: on average fewer than three are looked at. */
const ROOM = 4 / 3;

/**
 * Finds ids in a list, by open addressing with linear probing: a `Map` takes many times the memory. The table is filled at the
 * first search.
 *
 * @returns the place of an id in the list, the first one where it is there twice; undefined where it is not in it
 */
export function idPlaces(ids: PackedTexts): (id: string) => number | undefined {
  const { bytes, length } = ids;
  /** One more than the place of the id; 0 where there is none. */
  let table: Uint32Array | undefined;
  /** The place of the table where the search for an id begins that is `own[from]` to `own[end - 1]`. */
  const firstPlace = (own: Uint8Array, from: number, end: number): number => {
    // FNV-1a.
    let hash = 0x811c9dc5;
    for (let k = from; k < end; k++) hash = Math.imul(hash ^ own[k]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return Math.floor(((hash >>> 0) / 2 ** 32) * table!.length);
  };
  const next = (at: number): number => (at + 1 < table!.length ? at + 1 : 0);
  const fill = (): void => {
    table = new Uint32Array(Math.ceil(length * ROOM) + 1);
    for (let i = 0, from = 0; i < length; i++) {
      let end = from;
      while (end < bytes.length && bytes[end] !== END) end++;
      let at = firstPlace(bytes, from, end);
      while (table[at]! > 0) at = next(at);
      table[at] = i + 1;
      from = end + 1;
    }
  };
  return (id) => {
    if (table === undefined) fill();
    const own = encoder.encode(id);
    let at = firstPlace(own, 0, own.length);
    while (table![at]! > 0 && ids.at(table![at]! - 1) !== id) at = next(at);
    const place = table![at]!;
    return place > 0 ? place - 1 : undefined;
  };
}
