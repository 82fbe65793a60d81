import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import { program, TOGETHER } from './program.ts';
import { LEFT_OUT } from './scores.ts';

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
