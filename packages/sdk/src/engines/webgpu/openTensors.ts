import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { joinedSums } from './columns.ts';
import { addProgram } from './programs/scores.ts';

/** Arrays on the GPU, and programs that make others of them. */
export interface Tensors {
  /** @throws {Error} where the device has no room for so large an array */
  upload(values: Float32Array | Int32Array): TensorInfo;
  /**
   * Runs a program.
   *
   * @param uniforms whole numbers, in the order of its uniform struct
   * @param output is changed in place, where it is given
   */
  run(program: WebGPUProgram, inputs: TensorInfo[], uniforms: number[], output?: TensorInfo): TensorInfo;
  /** to[place] += value, those of context c from c x width on. */
  add(sums: readonly [Uint32Array, Float32Array][], width: number, to: TensorInfo): void;
  /** @throws {Error} where the device is gone */
  read<T>(tensor: TensorInfo): Promise<T>;
  free(...tensors: TensorInfo[]): void;
}

/** @param check throws where the device is gone */
export function openTensors(backend: WebGPUBackend, check: () => void): Tensors {
  const upload: Tensors['upload'] = (values) => {
    const most = backend.device.limits.maxStorageBufferBindingSize;
    if (values.byteLength > most)
      throw new Error(`found ${values.byteLength} bytes in one array, wanted at most ${most}`);
    const dtype = values instanceof Float32Array ? 'float32' : 'int32';
    const tensor = backend.makeTensorInfo([values.length], dtype, values);
    backend.uploadToGPU(tensor.dataId);
    return tensor;
  };
  const run: Tensors['run'] = (program, inputs, uniforms, output) =>
    backend.runWebGPUProgram(
      program,
      inputs,
      program.atomic ? 'int32' : 'float32',
      uniforms.map((value) => ({ type: 'int32', data: [value] })),
      output,
    );
  const free: Tensors['free'] = (...tensors) => {
    for (const { dataId } of tensors) backend.disposeData(dataId);
  };
  return {
    upload,
    run,
    add(sums, width, to) {
      const { places, values } = joinedSums(sums, width);
      if (places.length === 0) return;
      const inputs = [upload(places), upload(values)];
      run(addProgram(places.length, to.shape[0]!), inputs, [places.length], to);
      free(...inputs);
    },
    async read<T>(tensor: TensorInfo) {
      const values = await backend.read(tensor.dataId);
      check();
      return values as T;
    },
    free,
  };
}
