import {
  getMainHeaderString,
  type WebGPUProgram,
} from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';

/** Threads of a workgroup, where they work apart and where they count together. */
const APART = 64;
const TOGETHER = 256;
/** Most workgroups in one dimension of a dispatch. */
const WIDEST = 65_535;

interface Definition {
  readonly name: string;
  /** Inputs, in the order of their bindings. */
  readonly inputs: readonly string[];
  /** Fields of the uniform struct, `name : type` each. */
  readonly uniforms?: string;
  /** How many threads run, one for each `index`. */
  readonly threads: number;
  /** Length of the output. */
  readonly size: number;
  /** WGSL of the thread `index`; it writes to `result`. */
  readonly body: string;
  /** True where the output is `array<atomic<i32>>`. */
  readonly atomic?: boolean;
  /** WGSL before the body, where the threads of a workgroup count together. */
  readonly together?: string;
}

/**
 * A program of tfjs with one thread for each index. Its WGSL depends on `name` alone, so that it is compiled once. Where there
 * are several contexts, what belongs to one lies behind what belongs to the one before it.
 */
function program(definition: Definition): WebGPUProgram {
  const { name, inputs, uniforms = '', threads, size, body, atomic = false, together } = definition;
  const group = together === undefined ? APART : TOGETHER;
  const groups = Math.max(1, Math.ceil(threads / group));
  const deep = Math.ceil(groups / WIDEST);
  return {
    shaderKey: `evershelf ${name}`,
    variableNames: [...inputs],
    uniforms: `threads : i32, ${uniforms}`,
    outputShape: [size],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(groups / deep), deep, 1],
    workgroupSize: [group, 1, 1],
    atomic,
    getUserCode: () => `
      ${together ?? ''}
      ${getMainHeaderString('index')} {
        ${together === undefined ? 'if (index >= uniforms.threads) { return; }' : ''}
        ${body}
      }`,
  };
}

/**
 * result[c, row] = scale[row] x int8[row] . queries[c], over rows of `dim` int8 packed four to a word.
 * Inputs: packed (rows x dim / 4, int32), scales (rows), queries (contexts x dim). Uniforms: threads, rows, words.
 */
export function bucketsProgram(contexts: number, rows: number): WebGPUProgram {
  return program({
    name: 'buckets',
    inputs: ['packed', 'scales', 'queries'],
    uniforms: 'rows : i32, words : i32,',
    threads: contexts * rows,
    size: contexts * rows,
    body: `
      let row = index % uniforms.rows;
      let query = index / uniforms.rows * uniforms.words * 4;
      var sum = 0.0;
      for (var k = 0; k < uniforms.words; k++) {
        let word = packed[row * uniforms.words + k];
        let at = query + 4 * k;
        sum += f32(extractBits(word, 0u, 8u)) * queries[at]
          + f32(extractBits(word, 8u, 8u)) * queries[at + 1]
          + f32(extractBits(word, 16u, 8u)) * queries[at + 2]
          + f32(extractBits(word, 24u, 8u)) * queries[at + 3];
      }
      result[index] = sum * scales[row];`,
  });
}

/** The parts that a query is taken apart into for `packedBucketsProgram`, and how many of one step are one of the step before. */
export const PARTS = 3;
export const PART_STEPS = 254;

/**
 * The same with the query as `PARTS` vectors of int8, packed as the rows are: the device multiplies four pairs at once, in whole
 * numbers. The first counts steps, each of the others parts of the one before. Inputs: packed (rows x dim / 4, int32), scales
 * (rows), parts (contexts x PARTS x dim / 4, int32), steps (contexts). Uniforms: threads, rows, words.
 */
export function packedBucketsProgram(contexts: number, rows: number): WebGPUProgram {
  return program({
    name: 'packed buckets',
    inputs: ['packed', 'scales', 'parts', 'steps'],
    uniforms: 'rows : i32, words : i32,',
    threads: contexts * rows,
    size: contexts * rows,
    body: `
      let row = index % uniforms.rows;
      let context = index / uniforms.rows;
      let first = context * ${PARTS} * uniforms.words;
      var sums = vec3<i32>(0);
      for (var k = 0; k < uniforms.words; k++) {
        let word = u32(packed[row * uniforms.words + k]);
        sums += vec3<i32>(
          dot4I8Packed(word, u32(parts[first + k])),
          dot4I8Packed(word, u32(parts[first + uniforms.words + k])),
          dot4I8Packed(word, u32(parts[first + 2 * uniforms.words + k])));
      }
      let sum = f32(sums.x) + (f32(sums.y) + f32(sums.z) / ${PART_STEPS}.0) / ${PART_STEPS}.0;
      result[index] = sum * steps[context] * scales[row];`,
  });
}

/**
 * result[places[i]] += values[i], in place; places are distinct. Inputs: places (int32), values. Uniforms: threads.
 *
 * @param size of the result that is added to
 */
export function addProgram(count: number, size: number): WebGPUProgram {
  return program({
    name: 'add',
    inputs: ['places', 'values'],
    threads: count,
    size,
    body: 'result[places[index]] += values[index];',
  });
}

/** Stands for the score of an item that must not come back: below every score. */
export const LEFT_OUT = -3e38;

/**
 * result[c, i] = prior[i] + sum of the buckets of item i in context c, or LEFT_OUT where its bit in the context's mask is 0.
 * Inputs: buckets (contexts x rows), starts (count + 1, int32), itemRows (int32), prior (count), masks (words each, int32),
 * maskOf (contexts, int32). Uniforms: threads, count, rows, words.
 */
export function gatherProgram(contexts: number, count: number): WebGPUProgram {
  return program({
    name: 'gather',
    inputs: ['buckets', 'starts', 'itemRows', 'prior', 'masks', 'maskOf'],
    uniforms: 'count : i32, rows : i32, words : i32,',
    threads: contexts * count,
    size: contexts * count,
    body: `
      let context = index / uniforms.count;
      let item = index % uniforms.count;
      let kept = masks[maskOf[context] * uniforms.words + item / 32];
      if (extractBits(u32(kept), u32(item % 32), 1u) == 0u) {
        result[index] = ${LEFT_OUT.toExponential()}f;
        return;
      }
      let own = context * uniforms.rows;
      var score = prior[item];
      for (var k = starts[item]; k < starts[item + 1]; k++) { score += buckets[own + itemRows[k]]; }
      result[index] = score;`,
  });
}

/**
 * result[c, b] = the largest score of block b, which has every `blocks`-th item. Input: scores (contexts x count).
 * Uniforms: threads, count, blocks.
 */
export function blockMaximaProgram(contexts: number, blocks: number): WebGPUProgram {
  return program({
    name: 'block maxima',
    inputs: ['scores'],
    uniforms: 'count : i32, blocks : i32,',
    threads: contexts * blocks,
    size: contexts * blocks,
    body: `
      let block = index % uniforms.blocks;
      let start = index / uniforms.blocks * uniforms.count;
      var best = scores[start + block];
      for (var i = block + uniforms.blocks; i < uniforms.count; i += uniforms.blocks) {
        best = max(best, scores[start + i]);
      }
      result[index] = best;`,
  });
}

/**
 * result[c] = the places[c]-th largest of the maxima of context c, found bit by bit from the highest: a workgroup counts how
 * many maxima reach what the bits so far say. Inputs: maxima (contexts x blocks), places (contexts, int32).
 * Uniforms: threads, blocks.
 */
export function barProgram(contexts: number): WebGPUProgram {
  return program({
    name: 'bar',
    inputs: ['maxima', 'places'],
    uniforms: 'blocks : i32,',
    threads: contexts * TOGETHER,
    size: contexts,
    together: `
      var<workgroup> reached : atomic<i32>;
      // Floats in their order as unsigned integers.
      fn ordered(value : f32) -> u32 {
        let bits = bitcast<u32>(value);
        return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
      }
      fn unordered(bits : u32) -> f32 {
        return bitcast<f32>(select(~bits, bits & 0x7fffffffu, (bits >> 31u) == 1u));
      }`,
    body: `
      let context = index / ${TOGETHER};
      let start = context * uniforms.blocks;
      var bar = 0u;
      for (var bit = 31; bit >= 0; bit--) {
        let tried = bar | (1u << u32(bit));
        if (localIndex == 0u) { atomicStore(&reached, 0); }
        workgroupBarrier();
        var own = 0;
        for (var b = i32(localIndex); b < uniforms.blocks; b += ${TOGETHER}) {
          if (ordered(maxima[start + b]) >= tried) { own++; }
        }
        atomicAdd(&reached, own);
        workgroupBarrier();
        if (atomicLoad(&reached) >= places[context]) { bar = tried; }
        workgroupBarrier();
      }
      if (localIndex == 0u) { result[context] = unordered(bar); }`,
  });
}

/**
 * The n best of the pairs that `reachedProgram` collected for one context: their scores, best first, then their items as floats,
 * then by how many the pairs exceeded the room. Input: pairs (1 + 2 x room, int32). Uniforms: threads, room, n.
 */
export function sortedProgram(room: number, n: number): WebGPUProgram {
  return program({
    name: 'sorted',
    inputs: ['pairs'],
    uniforms: 'room : i32, n : i32,',
    threads: room,
    size: 2 * n + 1,
    body: `
      if (index == 0) { result[2 * uniforms.n] = f32(max(0, pairs[0] - uniforms.room)); }
      let length = min(pairs[0], uniforms.room);
      if (index >= length) { return; }
      let item = pairs[1 + 2 * index];
      let score = bitcast<f32>(pairs[2 + 2 * index]);
      var place = 0;
      for (var p = 0; p < length; p++) {
        let other = bitcast<f32>(pairs[2 + 2 * p]);
        if (other > score || (other == score && pairs[1 + 2 * p] < item)) { place++; }
      }
      if (place >= uniforms.n) { return; }
      result[place] = score;
      result[uniforms.n + place] = f32(item);`,
  });
}

/**
 * result[t, d] = number d of the sum of the rows of the item at place t. Inputs: best (from `sortedProgram`), packed
 * (rows x dim / 4, int32), scales (rows), starts (count + 1, int32), itemRows (int32). Uniforms: threads, n, words.
 */
export function vectorsProgram(n: number, dim: number): WebGPUProgram {
  return program({
    name: 'vectors',
    inputs: ['best', 'packed', 'scales', 'starts', 'itemRows'],
    uniforms: 'n : i32, words : i32,',
    threads: n * dim,
    size: n * dim,
    body: `
      let dim = uniforms.words * 4;
      let d = index % dim;
      let item = i32(best[uniforms.n + index / dim]);
      var sum = 0.0;
      for (var k = starts[item]; k < starts[item + 1]; k++) {
        let row = itemRows[k];
        let word = packed[row * uniforms.words + d / 4];
        sum += scales[row] * f32(extractBits(word, u32(d % 4) * 8u, 8u));
      }
      result[index] = sum;`,
  });
}

/**
 * Collects the items that reach their context's bar and were not left out. What belongs to context c begins at
 * c x (1 + 2 x room): their number, then pairs of item and bits of the score, in no order, as many as there is room for.
 * Inputs: scores (contexts x count), bars (contexts). Uniforms: threads, count, room.
 */
export function reachedProgram(contexts: number, count: number, room: number): WebGPUProgram {
  return program({
    name: 'reached',
    inputs: ['scores', 'bars'],
    uniforms: 'count : i32, room : i32,',
    threads: contexts * count,
    size: contexts * (1 + 2 * room),
    atomic: true,
    body: `
      let score = scores[index];
      let context = index / uniforms.count;
      if (score < bars[context] || score <= ${(LEFT_OUT / 2).toExponential()}f) { return; }
      let start = context * (1 + 2 * uniforms.room);
      let place = atomicAdd(&result[start], 1);
      if (place >= uniforms.room) { return; }
      atomicStore(&result[start + 1 + 2 * place], index % uniforms.count);
      atomicStore(&result[start + 2 + 2 * place], bitcast<i32>(score));`,
  });
}
