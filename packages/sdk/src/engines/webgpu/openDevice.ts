/** A GPU as the browser names it. */
export interface AdapterName {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True where the CPU computes in the GPU's stead. */
  readonly software: boolean;
}

export interface OpenedDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  readonly name: AdapterName;
}

/** Drivers that compute on the CPU; browsers do not mark all of them as fallback adapters. */
const SOFTWARE = /swiftshader|llvmpipe|basic render/i;

/**
 * Opens a device of its own, with the largest buffers that its adapter allows.
 *
 * @throws {Error} where the browser has no WebGPU, or no adapter for it
 */
export async function openDevice(): Promise<OpenedDevice> {
  const gpu = globalThis.navigator?.gpu;
  if (gpu === undefined) throw new Error('the browser has none, or the page is not in a secure context');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('there is no adapter');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  const { info } = adapter;
  const { vendor, architecture, description, device: model } = info;
  const software = info.isFallbackAdapter || SOFTWARE.test(`${architecture} ${description} ${model}`);
  return { device, info, name: { vendor, architecture, description, software } };
}
