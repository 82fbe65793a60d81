/** The GPU as it is called before anyone opens it; `none` where there is none. */
export async function adapterKey(): Promise<string> {
  const adapter = await globalThis.navigator?.gpu
    ?.requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return 'none';
  const { vendor, architecture, device, description } = adapter.info;
  return [vendor, architecture, device, description].join(' ').trim();
}
