import { encoder, type PackedTexts } from './texts.ts';

/** Places of the table for each id: on average fewer than three are looked at. */
const ROOM = 4 / 3;
/**
 * Places that are looked at for an id: more than a million honest ones need (a test finds each). An artifact can have as many as it likes
 * that begin at one place, or are all the same; those that are farther are not found.
 */
const FAR = 512;

/**
 * Finds ids in a list, by open addressing with linear probing: a `Map` takes many times the memory. The table is filled at the
 * first search.
 *
 * @returns the place of an id in the list, the first one where it is there twice; undefined where it is not in it
 */
export function idPlaces(ids: PackedTexts): (id: string) => number | undefined {
  const size = Math.ceil(ids.length * ROOM) + 1;
  /** One more than the place of the id; 0 where there is none. */
  let table: Uint32Array | undefined;
  /** The place of the table where the search for an id begins that has these bytes. */
  const firstPlace = (own: Uint8Array): number => {
    // FNV-1a.
    let hash = 0x811c9dc5;
    for (let k = 0; k < own.length; k++) hash = Math.imul(hash ^ own[k]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash >>> 0) % size;
  };
  const next = (at: number): number => (at + 1) % size;
  const filled = (): Uint32Array => {
    const places = new Uint32Array(size);
    let place = 0;
    ids.each((own) => {
      let at = firstPlace(own);
      for (let k = FAR; k-- && places[at]! > 0;) at = next(at);
      places[at] ||= place + 1;
      place++;
    });
    return places;
  };
  return (id) => {
    const places = (table ??= filled());
    let at = firstPlace(encoder.encode(id));
    for (let k = FAR; k-- && places[at]! > 0; at = next(at))
      if (ids.at(places[at]! - 1) === id) return places[at]! - 1;
    return undefined;
  };
}
