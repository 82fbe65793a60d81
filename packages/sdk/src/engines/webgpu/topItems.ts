import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from './openTensors.ts';
import { barProgram, blockMaximaProgram, reachedProgram } from './programs/top.ts';
import { LEFT_OUT } from './programs/scores.ts';

/** Fewer items than this many times k are all collected; among more there are at least that many blocks to find a bar by. */
const BLOCKS_BY_K = 4;
/** Items of a block, where there are enough of them. */
const BLOCK = 256;
/** Items that may reach the bar, by k: those of equal score all do. */
const ROOM_BY_K = 8;
const LEAST_ROOM = 512;

/**
 * The items that may be among the k best of each context, as `reachedProgram` collects them: those that reach the k-th largest of
 * the maxima of blocks of items, a bar that at least k items reach. Where there are too few blocks for a bar all of them do.
 *
 * @param ks by context
 * @param scores contexts x count
 * @returns pairs the caller's to free
 * @returns room how many items a context has room for
 */
export function topItems(
  { upload, run, free }: Tensors,
  ks: readonly number[],
  scores: TensorInfo,
  count: number,
): { pairs: TensorInfo; room: number } {
  const contexts = ks.length;
  const most = Math.max(...ks);
  const blocks = Math.max(Math.ceil(count / BLOCK), BLOCKS_BY_K * most);
  const room = Math.max(LEAST_ROOM, ROOM_BY_K * most);
  const bars = blocks > count ? upload(new Float32Array(contexts).fill(LEFT_OUT)) : barsOf();
  const pairs = run(
    reachedProgram(contexts, count, room),
    [scores, bars],
    [contexts * count, count, room],
    upload(new Int32Array(contexts * (1 + 2 * room))),
  );
  free(bars);
  return { pairs, room };

  /** A score for each context that at least its k best items reach. */
  function barsOf(): TensorInfo {
    const places = upload(Int32Array.from(ks));
    const maxima = run(blockMaximaProgram(contexts, blocks), [scores], [contexts * blocks, count, blocks]);
    const bars = run(barProgram(contexts), [maxima, places], [contexts, blocks]);
    free(places, maxima);
    return bars;
  }
}
