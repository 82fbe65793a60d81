import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import { program } from './program.ts';

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
