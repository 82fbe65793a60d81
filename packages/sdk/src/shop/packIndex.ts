import { type ItemIndex, LIVE_HALF_LIVES, type Placement, RUNGS } from '@evershelf/model';

/**
 * The index of an artifact with what has changed since. What has not is copied in runs: a large shop is packed anew whenever an
 * item comes.
 *
 * @param placed where items stand that are not where `trained` has them; all those behind its last one are in here
 * @param live bytes of items that were counted since
 */
export function packIndex(
  trained: ItemIndex,
  placed: ReadonlyMap<number, Placement>,
  live: ReadonlyMap<number, readonly number[]>,
  count: number,
): ItemIndex {
  let size = trained.rows.length;
  for (const [i, { rows }] of placed) size += rows.length - (i < trained.count ? widthOf(trained, i) : 0);
  const packed = {
    count,
    offsets: new Uint32Array(count + 1),
    rows: new Uint32Array(size),
    rung: new Uint8Array(count),
    live: new Uint8Array(count * LIVE_HALF_LIVES.length),
  };
  packed.rung.set(trained.rung);
  packed.live.set(trained.live);
  for (const [i, bytes] of live) packed.live.set(bytes, i * LIVE_HALF_LIVES.length);

  let next = 0;
  let end = 0;
  const copyUntil = (i: number): void => {
    const until = Math.min(i, trained.count);
    if (next >= until) return;
    const [from, to] = [trained.offsets[next]!, trained.offsets[until]!];
    packed.rows.set(trained.rows.subarray(from, to), end);
    const shift = end - from;
    for (; next < until; next++) packed.offsets[next + 1] = trained.offsets[next + 1]! + shift;
    end += to - from;
  };
  for (const i of [...placed.keys()].toSorted((a, b) => a - b)) {
    const { rows, rung } = placed.get(i)!;
    copyUntil(i);
    packed.rows.set(rows, end);
    end += rows.length;
    packed.offsets[i + 1] = end;
    packed.rung[i] = RUNGS.indexOf(rung);
    next = i + 1;
  }
  copyUntil(trained.count);
  return packed;
}

function widthOf({ offsets }: ItemIndex, i: number): number {
  return offsets[i + 1]! - offsets[i]!;
}
