/**
 * Puts Dawn, from the package `webgpu`, where a browser has WebGPU: `navigator.gpu` and the constants beside it, which tfjs reads
 * too. Where there is one already it stays.
 *
 * @throws {Error} where the package is not installed, or has no build for this machine
 */
export async function installDawn(): Promise<void> {
  // Node 20 has no navigator, later ones have one that nothing can be assigned to.
  const navigator = (globalThis.navigator ?? {}) as Partial<Navigator>;
  if (navigator.gpu !== undefined) return;
  const { create, globals } = await import('webgpu').catch((error: Error) => {
    throw new Error(`found no package webgpu for ${process.platform} ${process.arch}: ${error.message}`);
  });
  Object.assign(globalThis, globals);
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
}
