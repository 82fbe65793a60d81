import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import type { Tfjs } from '../rerank/Rerank.ts';

/** A GPU as the browser names it. */
export interface AdapterName {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True where the CPU computes in the GPU's stead. */
  readonly software: boolean;
}

export interface OpenedDevice {
  readonly backend: WebGPUBackend;
  readonly name: AdapterName;
  /** False where the device is the page's own. */
  readonly isOurs: boolean;
}

/** Drivers that compute on the CPU; browsers do not mark all of them as fallback adapters. */
const SOFTWARE = /swiftshader|llvmpipe|basic render/i;

/**
 * Takes the device of the page's tfjs where that computes on one; else opens one, with the largest buffers that its adapter allows.
 *
 * @throws {Error} where the browser has no WebGPU, or no adapter for it
 */
export async function openDevice(tf: Tfjs | undefined): Promise<OpenedDevice> {
  await tf?.ready();
  const backend = tf?.backend() as Partial<WebGPUBackend> | undefined;
  if (backend?.device !== undefined && 'runWebGPUProgram' in backend) {
    const { device } = backend;
    // Older browsers do not say which adapter a device is of.
    const info = device.adapterInfo as GPUAdapterInfo | undefined;
    return { backend: backend as WebGPUBackend, name: nameOf(info), isOurs: false };
  }
  const gpu = globalThis.navigator?.gpu;
  if (gpu === undefined) throw new Error('the browser has none, or the page is not in a secure context');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('there is no adapter');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  const { info } = adapter;
  return { backend: new WebGPUBackend(device, info), name: nameOf(info), isOurs: true };
}

function nameOf(info: GPUAdapterInfo | undefined): AdapterName {
  const { vendor = '', architecture = '', description = '', device: model = '' } = info ?? {};
  const software =
    info?.isFallbackAdapter === true || SOFTWARE.test(`${architecture} ${description} ${model}`);
  return { vendor, architecture, description, software };
}
