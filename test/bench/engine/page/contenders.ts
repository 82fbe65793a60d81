import { cpuEngine } from '../../../../packages/sdk/src/engines/cpu/cpuEngine.ts';
import { webgpuEngine } from '../../../../packages/sdk/src/engines/webgpu/webgpuEngine.ts';
import type { EngineName } from '../EngineBench.ts';
import { auto } from './auto.ts';
import type { OpenContender } from './Contender.ts';
import { hnswlib } from './hnswlib.ts';
import { gatherDot } from './gatherDot.ts';
import { onnx } from './onnx.ts';
import { ours } from './ours.ts';
import { tfjs } from './tfjs.ts';

/** How each engine is opened. */
export const contenders: Readonly<Record<EngineName, OpenContender>> = {
  cpu: async (shop) => ours(cpuEngine(), shop),
  webgpu: async (shop) => ours(await webgpuEngine(), shop),
  auto: async (shop) => auto(shop),
  gatherDot,
  tfjsWebgpu: (shop) => tfjs('webgpu', shop),
  tfjsWasm: (shop) => tfjs('wasm', shop),
  tfjsCpu: (shop) => tfjs('cpu', shop),
  onnxWasm: (shop) => onnx('wasm', shop),
  onnxWebgpu: (shop) => onnx('webgpu', shop),
  hnswlib,
};
