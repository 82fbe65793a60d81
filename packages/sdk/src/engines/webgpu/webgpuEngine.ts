import type { TensorInfo } from '@tensorflow/tfjs-core';
import { bestItems } from '../bestItems.ts';
import type { Ask, Engine, OnDevice, Ranked, Scorable } from '../Engine.ts';
import { countItems } from '../countItems.ts';
import { groupsOf } from '../groupsOf.ts';
import type { Tfjs } from '../rerank/Rerank.ts';
import { asInt32, joinedMasks } from './columns.ts';
import { type AdapterName, openDevice } from './openDevice.ts';
import { openTensors } from './openTensors.ts';
import { bucketsProgram, packedBucketsProgram } from './programs/buckets.ts';
import { sortedProgram, vectorsProgram } from './programs/candidates.ts';
import { gatherProgram, LEFT_OUT } from './programs/scores.ts';
import { queryParts } from './queryParts.ts';
import { topItems } from './topItems.ts';

export interface WebGpuEngine extends Engine {
  readonly adapter: AdapterName;
  /** Settles with the reason when the device is gone. */
  readonly lost: Promise<string>;
}

/** Most scores of a group of contexts, 64 MB; two groups are on the GPU at a time. */
const MOST_SCORES = 1 << 24;

/** Largest number of an item that a float32 tells apart from all others. */
const MOST_FLOAT = 1 << 24;

/** Priors that stay on the GPU: those of three intents, and of a stranger. */
const MOST_PRIORS = 4;

/** Arrays of the shop as they lie on the GPU. */
interface Loaded {
  readonly packed: TensorInfo;
  readonly scales: TensorInfo;
  readonly starts: TensorInfo;
  readonly itemRows: TensorInfo;
}

/**
 * Ranks on the GPU: bucket scores, gather, exact top k, as programs of tfjs on a device of our own or of the page's tfjs, with one
 * way there and back for many contexts. The few items that may be among the k best come back and are sorted on the CPU.
 *
 * @param tf the page's own, where it has one; its device is used and stays when the engine is closed
 * @param dotsPacked true to multiply rows and queries four int8 at a time
 * @throws {Error} where there is no WebGPU
 */
export async function webgpuEngine(tf?: Tfjs, dotsPacked = hasPackedDots()): Promise<WebGpuEngine> {
  const { backend, name, isOurs } = await openDevice(tf);
  const { device } = backend;
  const closed = new AbortController();
  let shop: Scorable | undefined;
  let loaded: Loaded | undefined;
  /** The priors of the shop's heads, as they were last asked for. */
  const priors = new Map<Float32Array, TensorInfo>();

  let broken: string | undefined;
  const lost = new Promise<string>((resolve) => {
    const give = (reason: string): void => resolve((broken ??= reason));
    // tfjs handles neither: a lost device answers nothing, an invalid command computes nothing.
    void device.lost.then(({ reason, message }) => give(message || reason));
    device.addEventListener('uncapturederror', ({ error }) => give(error.message), { signal: closed.signal });
  });

  const check = (): void => {
    if (broken !== undefined) throw new Error(broken);
  };
  const tensors = openTensors(backend, check);
  const { upload, run, add, read, free } = tensors;

  const priorOf = (prior: Float32Array): TensorInfo => {
    const tensor = priors.get(prior) ?? upload(prior);
    priors.set(prior, tensor);
    return tensor;
  };

  /** Query vectors on the GPU, one behind the other, as the program of the buckets reads them. */
  const queriesOf = (vectors: readonly Float32Array[], dim: number): TensorInfo[] => {
    if (dotsPacked) {
      const { parts, steps } = queryParts(vectors, dim);
      return [upload(parts), upload(steps)];
    }
    const joined = new Float32Array(vectors.length * dim);
    vectors.forEach((vector, c) => joined.set(vector, c * dim));
    return [upload(joined)];
  };

  /** The score of every item in every context, on the GPU. The questions share a prior. */
  const scoresOf = (asks: readonly Ask[], { tables, index }: Scorable): TensorInfo => {
    const { packed, scales, starts, itemRows } = loaded!;
    const { rows, dim } = tables;
    const { count } = index;
    const contexts = asks.length;
    const words = Math.ceil(count / 32);
    const { masks, maskOf } = joinedMasks(
      asks.map(({ mask }) => mask),
      words,
    );
    const own = [upload(masks), upload(maskOf)];
    const queries = queriesOf(
      asks.map(({ query }) => query.vector),
      dim,
    );
    const buckets = run(
      (dotsPacked ? packedBucketsProgram : bucketsProgram)(contexts, rows),
      [packed, scales, ...queries],
      [contexts * rows, rows, dim / 4],
    );
    add(
      asks.map(({ query }) => [query.matchRows, query.matchValues]),
      rows,
      buckets,
    );
    const scores = run(
      gatherProgram(contexts, count),
      [buckets, starts, itemRows, priorOf(asks[0]!.prior), ...own],
      [contexts * count, count, rows, words],
    );
    add(
      asks.map(({ query }) => [query.items, query.itemValues]),
      count,
      scores,
    );
    free(...own, ...queries, buckets);
    return scores;
  };

  /** Answers questions that share a prior, and whose scores fit at once. */
  const answer = async (asks: readonly Ask[], current: Scorable): Promise<Ranked[]> => {
    const { count } = current.index;
    const scores = scoresOf(asks, current);
    try {
      const { pairs, room } = topItems(
        tensors,
        asks.map(({ k }) => k),
        scores,
        count,
      );
      const found = await read<Int32Array>(pairs).finally(() => free(pairs));
      const values = new Float32Array(found.buffer, found.byteOffset, found.length);
      const best = asks.map(({ k }) => bestItems(k, current.ids));
      const width = 1 + 2 * room;
      if (asks.every((_, c) => found[c * width]! <= room))
        best.forEach((own, c) => {
          const start = c * width + 1;
          for (let at = start; at < start + 2 * found[start - 1]!; at += 2)
            own.offer(found[at]!, values[at + 1]!);
        });
      else
        (await read<Float32Array>(scores)).forEach((score, at) => {
          if (score > LEFT_OUT / 2) best[Math.floor(at / count)]!.offer(at % count, score);
        });
      return best.map((each) => each.ranked());
    } finally {
      free(scores);
    }
  };

  const candidates = (ask: Ask, top: number): OnDevice | undefined => {
    const { index, tables } = shop!;
    const { count } = index;
    const n = countItems(ask.mask, top);
    if (n === 0 || count > MOST_FLOAT) return undefined;
    forgetOthers(new Set([ask.prior]));
    const scores = scoresOf([ask], shop!);
    const { pairs, room } = topItems(tensors, [n], scores, count);
    const best = run(sortedProgram(room, n), [pairs], [room, room, n]);
    const { packed, scales, starts, itemRows } = loaded!;
    const vectors = run(
      vectorsProgram(n, tables.dim),
      [best, packed, scales, starts, itemRows],
      [n * tables.dim, n, tables.dim / 4],
    );
    free(scores, pairs);
    const items = { ...vectors, shape: [n, tables.dim] };
    return { n, best, items, query: upload(ask.query.vector), check };
  };

  const load = (next: Scorable): void => {
    const { tables, index } = next;
    const before = shop;
    const keep = (same: boolean, tensor: TensorInfo | undefined, make: () => TensorInfo): TensorInfo =>
      same && tensor !== undefined ? tensor : make();
    const sameTables = before?.tables === tables;
    const sameIndex = before?.index === index;
    const replaced: Loaded = {
      packed: keep(sameTables, loaded?.packed, () => upload(asInt32(tables.item))),
      scales: keep(sameTables, loaded?.scales, () => upload(tables.itemScale)),
      starts: keep(sameIndex, loaded?.starts, () => upload(asInt32(index.offsets))),
      itemRows: keep(sameIndex, loaded?.itemRows, () => upload(new Int32Array(index.rows))),
    };
    const kept = new Set(Object.values(replaced));
    if (loaded !== undefined) free(...Object.values(loaded).filter((tensor) => !kept.has(tensor)));
    loaded = replaced;
    shop = next;
  };

  return {
    name: 'webgpu',
    adapter: name,
    lost,
    ...(isOurs ? {} : { candidates }),
    load,
    async topK(asks): Promise<Ranked[]> {
      const current = shop!;
      const { count } = current.index;
      if (count === 0) return asks.map(() => ({ items: new Uint32Array(0), scores: new Float32Array(0) }));
      forgetOthers(new Set(asks.map(({ prior }) => prior)));
      const answers = new Map<Ask, Ranked>();
      const atOnce = Math.max(1, Math.floor(MOST_SCORES / Math.max(count, current.tables.rows)));
      const groups = groupsOf(asks, atOnce).values();
      // One group is on its way while another is read back, and no more: the scores of each take their room.
      const lane = async (): Promise<void> => {
        for (const group of groups) {
          load(current);
          const ranked = await answer(group, current);
          group.forEach((ask, c) => answers.set(ask, ranked[c]!));
        }
      };
      await Promise.all([lane(), lane()]);
      return asks.map((ask) => answers.get(ask)!);
    },
    close() {
      closed.abort();
      if (isOurs) {
        backend.dispose();
        device.destroy();
        return;
      }
      free(...priors.values(), ...Object.values(loaded ?? {}));
      priors.clear();
      loaded = undefined;
    },
  };

  /** Makes room for the priors of these questions; a page has a few heads, and asks for one after the other. */
  function forgetOthers(asked: ReadonlySet<Float32Array>): void {
    for (const [prior, tensor] of [...priors]) {
      if (asked.has(prior) || priors.size < MOST_PRIORS) continue;
      free(tensor);
      priors.delete(prior);
    }
    for (const prior of asked) priorOf(prior);
  }
}

/** True where the language of programs multiplies four int8 at a time; older browsers do not say what theirs can. */
function hasPackedDots(): boolean {
  const features = globalThis.navigator?.gpu?.wgslLanguageFeatures as WGSLLanguageFeatures | undefined;
  return features?.has('packed_4x8_integer_dot_product') === true;
}
