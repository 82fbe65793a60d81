import type { Query } from '@evershelf/model';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Engine, Ranked, Scorable } from '../Engine.ts';
import { selectTop } from '../selectTop.ts';
import { type AdapterName, openDevice } from './openDevice.ts';
import {
  addProgram,
  atLeastProgram,
  blockMaximaProgram,
  bucketsProgram,
  gatherProgram,
  LEFT_OUT,
} from './programs.ts';

export interface WebGpuEngine extends Engine {
  readonly adapter: AdapterName;
  /** Settles with the reason when the device is gone. */
  readonly lost: Promise<string>;
}

/** Up to this many items all scores come back (256 KB), which takes one way there and back instead of two. */
const READ_ALL = 65_536;
/** Items of a block, and how many candidates the selection among more items has room for. */
const BLOCK = 256;
const ROOM = 8192;

/** Arrays of the shop as they lie on the GPU. */
interface Loaded {
  readonly packed: TensorInfo;
  readonly scales: TensorInfo;
  readonly starts: TensorInfo;
  readonly itemRows: TensorInfo;
  readonly prior: TensorInfo;
}

type Uniform = { type: 'int32' | 'float32'; data: number[] };

const int = (value: number): Uniform => ({ type: 'int32', data: [value] });

/**
 * Ranks on the GPU: bucket scores, gather, exact top k, as programs of tfjs on a device of our own.
 *
 * Among more than 65,536 items the top k is found in two steps: the k-th largest of the blocks' maxima is a bar that at
 * least k items reach; the items that reach it are collected and sorted on the CPU.
 *
 * @throws {Error} where there is no WebGPU
 */
export async function webgpuEngine(): Promise<WebGpuEngine> {
  const { device, info, name } = await openDevice();
  const backend = new WebGPUBackend(device, info);
  let shop: Scorable | undefined;
  let loaded: Loaded | undefined;

  let broken: string | undefined;
  const lost = new Promise<string>((resolve) => {
    const give = (reason: string): void => resolve((broken ??= reason));
    // tfjs handles neither: a lost device answers nothing, an invalid command computes nothing.
    void device.lost.then(({ reason, message }) => give(message || reason));
    device.addEventListener('uncapturederror', ({ error }) => give(error.message));
  });

  const upload = (values: Float32Array | Int32Array): TensorInfo => {
    if (values.byteLength > device.limits.maxStorageBufferBindingSize) {
      throw new Error(
        `found ${values.byteLength} bytes in one array, wanted at most ${device.limits.maxStorageBufferBindingSize}`,
      );
    }
    const dtype = values instanceof Float32Array ? 'float32' : 'int32';
    const tensor = backend.makeTensorInfo([values.length], dtype, values);
    backend.uploadToGPU(tensor.dataId);
    return tensor;
  };
  const run = (
    program: WebGPUProgram,
    inputs: TensorInfo[],
    uniforms: Uniform[],
    output?: TensorInfo,
  ): TensorInfo =>
    backend.runWebGPUProgram(program, inputs, program.atomic ? 'int32' : 'float32', uniforms, output);
  const read = async <T>(tensor: TensorInfo): Promise<T> => {
    const values = await backend.read(tensor.dataId);
    if (broken !== undefined) throw new Error(broken);
    return values as T;
  };
  const free = (...tensors: TensorInfo[]): void => {
    for (const { dataId } of tensors) backend.disposeData(dataId);
  };

  /** result[places] += values; nothing where there are none. */
  const add = (places: Uint32Array, values: Float32Array, to: TensorInfo): void => {
    if (places.length === 0) return;
    const inputs = [upload(asInt32(places)), upload(values)];
    run(addProgram(places.length, to.shape[0]!), inputs, [int(places.length)], to);
    free(...inputs);
  };

  /** The score of every item, on the GPU. */
  const scoresOf = (query: Query, mask: Uint8Array, { tables, index }: Scorable): TensorInfo => {
    const { packed, scales, starts, itemRows, prior } = loaded!;
    const vector = upload(query.vector);
    const buckets = run(
      bucketsProgram(tables.rows),
      [packed, scales, vector],
      [int(tables.rows), int(tables.dim / 4)],
    );
    add(query.matchRows, query.matchValues, buckets);
    const kept = upload(packBytes(mask, index.count));
    const scores = run(
      gatherProgram(index.count),
      [buckets, starts, itemRows, prior, kept],
      [int(index.count)],
    );
    add(query.items, query.itemValues, scores);
    free(vector, buckets, kept);
    return scores;
  };

  /** The items that may be among the k best, with their scores; undefined where there are too many of them. */
  const candidates = async (
    scores: TensorInfo,
    count: number,
    k: number,
  ): Promise<{ items: Int32Array; values: Float32Array } | undefined> => {
    const blocks = Math.ceil(count / BLOCK);
    if (blocks < k) return undefined;
    const maxima = run(blockMaximaProgram(blocks), [scores], [int(blocks), int(count), int(BLOCK)]);
    const bar = (await read<Float32Array>(maxima)).toSorted().at(-k)!;
    free(maxima);
    const empty = upload(new Int32Array(1 + 2 * ROOM));
    const uniforms: Uniform[] = [int(count), { type: 'float32', data: [bar] }, int(ROOM)];
    const found = run(atLeastProgram(count, ROOM), [scores], uniforms, empty);
    const pairs = await read<Int32Array>(found);
    free(found);
    const size = pairs[0]!;
    if (size > ROOM) return undefined;
    const values = new Float32Array(pairs.buffer, pairs.byteOffset, pairs.length);
    return {
      items: Int32Array.from({ length: size }, (_, c) => pairs[1 + 2 * c]!),
      values: Float32Array.from({ length: size }, (_, c) => values[2 + 2 * c]!),
    };
  };

  return {
    name: 'webgpu',
    adapter: name,
    lost,
    load(next) {
      const { tables, index, prior } = next;
      const before = shop;
      const keep = <T>(same: boolean, tensor: T | undefined, make: () => TensorInfo): T | TensorInfo =>
        same && tensor !== undefined ? tensor : make();
      const sameTables = before?.tables === tables;
      const sameIndex = before?.index === index;
      const replaced: Loaded = {
        packed: keep(sameTables, loaded?.packed, () => upload(asInt32(tables.item))),
        scales: keep(sameTables, loaded?.scales, () => upload(tables.itemScale)),
        starts: keep(sameIndex, loaded?.starts, () => upload(asInt32(index.offsets))),
        itemRows: keep(sameIndex, loaded?.itemRows, () => upload(asInt32(index.rows))),
        prior: keep(before?.prior === prior, loaded?.prior, () => upload(prior)),
      };
      const kept = new Set(Object.values(replaced));
      if (loaded !== undefined) free(...Object.values(loaded).filter((tensor) => !kept.has(tensor)));
      loaded = replaced;
      shop = next;
    },
    async topK(query, { k, mask }): Promise<Ranked> {
      const current = shop!;
      const { count } = current.index;
      if (count === 0) return { items: new Uint32Array(0), scores: new Float32Array(0) };
      const scores = scoresOf(query, mask, current);
      try {
        const few = count > READ_ALL ? await candidates(scores, count, k) : undefined;
        if (few === undefined) return selectTop(await read<Float32Array>(scores), mask, k, current.ids);
        const ids = Array.from(few.items, (item) => current.ids[item]!);
        const kept = Uint8Array.from(few.values, (value) => (value > LEFT_OUT / 2 ? 1 : 0));
        const best = selectTop(few.values, kept, k, ids);
        return { items: best.items.map((place) => few.items[place]!), scores: best.scores };
      } finally {
        free(scores);
      }
    },
    close() {
      backend.dispose();
      device.destroy();
    },
  };
}

/** The bytes of an array as 32-bit integers, without a copy where they are aligned. */
function asInt32(values: Int8Array | Uint32Array): Int32Array {
  const aligned = values.byteOffset % 4 === 0 ? values : values.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
}

/** The first `count` bytes as 32-bit integers, the last one filled up with zeros. */
function packBytes(bytes: Uint8Array, count: number): Int32Array {
  const padded = new Uint8Array((count + 3) & ~3);
  padded.set(bytes.subarray(0, count));
  return new Int32Array(padded.buffer);
}
