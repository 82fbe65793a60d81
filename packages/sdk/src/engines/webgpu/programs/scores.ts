import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import { program } from './program.ts';

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
