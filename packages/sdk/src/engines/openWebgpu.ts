import { adapterKey } from './adapterKey.ts';
import type { Gpu } from './chooseEngine.ts';
import type { Tfjs } from './rerank/Rerank.ts';

/**
 * Loads the WebGPU engine, a chunk of its own, where a GPU answers: a page without one does not fetch it.
 *
 * @param tf the page's own tfjs
 * @throws where there is none
 */
export async function openWebgpu(tf?: Tfjs): Promise<Gpu> {
  if ((await adapterKey()) === 'none') throw new Error('there is no adapter');
  return (await import('./webgpu/webgpuEngine.ts')).webgpuEngine(tf);
}
