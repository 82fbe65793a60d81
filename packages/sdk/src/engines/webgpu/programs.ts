import {
  getMainHeaderString,
  type WebGPUProgram,
} from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';

/** Threads of a workgroup. */
const GROUP = 64;

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
}

/** A program of tfjs with one thread for each index. Its WGSL depends on `name` alone, so that it is compiled once. */
function program(definition: Definition): WebGPUProgram {
  const { name, inputs, uniforms = '', threads, size, body, atomic = false } = definition;
  return {
    shaderKey: `evershelf ${name}`,
    variableNames: [...inputs],
    uniforms: `threads : i32, ${uniforms}`,
    outputShape: [size],
    dispatchLayout: { x: [0] },
    dispatch: [Math.max(1, Math.ceil(threads / GROUP)), 1, 1],
    workgroupSize: [GROUP, 1, 1],
    atomic,
    getUserCode: () => `
      ${getMainHeaderString('index')} {
        if (index >= uniforms.threads) { return; }
        ${body}
      }`,
  };
}

/**
 * result[row] = scale[row] x int8[row] . query, over rows of `dim` int8 packed four to a word.
 * Inputs: packed (rows x dim / 4, int32), scales (rows), query (dim). Uniforms: threads, words.
 */
export function bucketsProgram(rows: number): WebGPUProgram {
  return program({
    name: 'buckets',
    inputs: ['packed', 'scales', 'query'],
    uniforms: 'words : i32,',
    threads: rows,
    size: rows,
    body: `
      var sum = 0.0;
      let start = index * uniforms.words;
      for (var k = 0; k < uniforms.words; k++) {
        let word = packed[start + k];
        sum += f32(extractBits(word, 0u, 8u)) * query[4 * k]
          + f32(extractBits(word, 8u, 8u)) * query[4 * k + 1]
          + f32(extractBits(word, 16u, 8u)) * query[4 * k + 2]
          + f32(extractBits(word, 24u, 8u)) * query[4 * k + 3];
      }
      result[index] = sum * scales[index];`,
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
 * result[i] = prior[i] + sum of the buckets of item i, or LEFT_OUT where its byte in `kept` is 0.
 * Inputs: buckets, starts (count + 1, int32), itemRows (int32), prior, kept (bytes, int32). Uniforms: threads.
 */
export function gatherProgram(count: number): WebGPUProgram {
  return program({
    name: 'gather',
    inputs: ['buckets', 'starts', 'itemRows', 'prior', 'kept'],
    threads: count,
    size: count,
    body: `
      if (extractBits(kept[index / 4], u32(index % 4) * 8u, 8u) == 0) {
        result[index] = ${LEFT_OUT.toExponential()}f;
        return;
      }
      var score = prior[index];
      for (var k = starts[index]; k < starts[index + 1]; k++) { score += buckets[itemRows[k]]; }
      result[index] = score;`,
  });
}

/**
 * The largest score of each block of items. Input: scores. Uniforms: threads (blocks), count, block.
 *
 * @param blocks ceil(count / block)
 */
export function blockMaximaProgram(blocks: number): WebGPUProgram {
  return program({
    name: 'block maxima',
    inputs: ['scores'],
    uniforms: 'count : i32, block : i32,',
    threads: blocks,
    size: blocks,
    body: `
      let start = index * uniforms.block;
      let end = min(start + uniforms.block, uniforms.count);
      var best = scores[start];
      for (var i = start + 1; i < end; i++) { best = max(best, scores[i]); }
      result[index] = best;`,
  });
}

/**
 * Collects the items whose score is at least `bar`: result[0] counts them, and the pairs after it hold item and bits of
 * the score, in no order, as many as there is room for. Input: scores. Uniforms: threads, bar, room.
 */
export function atLeastProgram(count: number, room: number): WebGPUProgram {
  return program({
    name: 'at least',
    inputs: ['scores'],
    uniforms: 'bar : f32, room : i32,',
    threads: count,
    size: 1 + 2 * room,
    atomic: true,
    body: `
      let score = scores[index];
      if (score < uniforms.bar) { return; }
      let place = atomicAdd(&result[0], 1);
      if (place >= uniforms.room) { return; }
      atomicStore(&result[1 + 2 * place], index);
      atomicStore(&result[2 + 2 * place], bitcast<i32>(score));`,
  });
}
