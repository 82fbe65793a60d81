import { expect, test } from '@playwright/test';
import { tableOf } from '../tableOf.ts';

test('a first visit loads model and catalogue of 20,000 items with at most 1.5 MB', async ({ page }) => {
  const loaded = new Map<string, { encoding: string | null; bytes: number; onWire: number }>();
  page.on('requestfinished', async (request) => {
    const name = /\/model\/([^?]+)/.exec(request.url())?.[1];
    if (name === undefined) return;
    const response = await request.response();
    if (response === null) return;
    const encoding = await response.headerValue('content-encoding');
    const { length } = await response.body();
    loaded.set(name, { encoding, bytes: length, onWire: (await request.sizes()).responseBodySize });
  });
  await page.goto('/');

  await expect.poll(() => loaded.size, { timeout: 30_000 }).toBe(5);
  for (const [name, { encoding }] of loaded) expect(encoding, name).toBe('br');
  const inAll = (of: 'bytes' | 'onWire'): number =>
    [...loaded.values()].reduce((sum, own) => sum + own[of], 0);
  expect(inAll('onWire')).toBeLessThanOrEqual(1_500_000);

  const table = tableOf('docs/design.md', 'file');
  const said = (name: string, column: number): number =>
    Number(table.find(([first]) => first === name)?.[column]?.replaceAll(',', ''));
  const files = [...loaded].map(([file, own]) => ({ name: `\`${file}\``, ...own }));
  for (const { name, bytes, onWire } of [
    ...files,
    { name: '**in all**', bytes: inAll('bytes'), onWire: inAll('onWire') },
  ]) {
    expect(said(name, 1) / bytes, `${name}: ${bytes} bytes`).toBeCloseTo(1, 1);
    expect(said(name, 2) / onWire, `${name}: ${onWire} bytes with Brotli`).toBeCloseTo(1, 1);
  }
});
