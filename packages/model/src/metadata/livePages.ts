import { LIVE_HALF_LIVES } from '../live.ts';

/** Live bytes of the items of a page: what is counted changes far more often than what an item is. */
export interface LivePage {
  /** Of the page that the bytes belong to: of another one, nobody knows whose they are. */
  readonly revision: number;
  /** One byte for each half-life, item by item in the order of the page. */
  readonly bytes: Uint8Array;
}

const WIDTH = LIVE_HALF_LIVES.length;

/**
 * Answer of `GET /v1/live`: the live bytes of all pages in their order, as a browser reads them without parsing. First the
 * revision of each page (float64), then how many items each has (uint32), then the bytes; little-endian.
 */
export function packLive(pages: readonly LivePage[]): Uint8Array<ArrayBuffer> {
  const length = pages.reduce((sum, { bytes }) => sum + bytes.length, 12 * pages.length);
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  let at = 12 * pages.length;
  pages.forEach(({ revision, bytes }, page) => {
    view.setFloat64(8 * page, revision, true);
    view.setUint32(8 * pages.length + 4 * page, bytes.length / WIDTH, true);
    packed.set(bytes, at);
    at += bytes.length;
  });
  return packed;
}

/**
 * What `packLive` packed.
 *
 * @param count how many pages the shop has
 * @returns undefined where it is nothing of that kind
 */
export function unpackLive(packed: Uint8Array, count: number): LivePage[] | undefined {
  let at = 12 * count;
  if (packed.length < at) return undefined;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const pages: LivePage[] = [];
  for (let page = 0; page < count; page++) {
    const end = at + WIDTH * view.getUint32(8 * count + 4 * page, true);
    pages.push({ revision: view.getFloat64(8 * page, true), bytes: packed.subarray(at, end) });
    at = end;
  }
  return at === packed.length ? pages : undefined;
}
