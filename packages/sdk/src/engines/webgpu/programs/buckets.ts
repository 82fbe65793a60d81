import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import { program } from './program.ts';

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
