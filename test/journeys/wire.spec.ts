import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

test('a first visit loads model and catalogue of 20,000 items with at most 1.5 MB', async ({ page }) => {
  const loaded = new Map<string, { encoding: string | null; bytes: number }>();
  page.on('requestfinished', async (request) => {
    const name = /\/model\/([^?]+)/.exec(request.url())?.[1];
    const response = await request.response();
    if (name === undefined || response === null) return;
    const encoding = await response.headerValue('content-encoding');
    loaded.set(name, { encoding, bytes: (await request.sizes()).responseBodySize });
  });
  await page.goto('/');

  await expect.poll(() => loaded.size, { timeout: 30_000 }).toBe(5);
  const sizes: [string, number][] = [];
  for (const [name, { encoding, bytes }] of loaded) {
    expect(encoding, name).toBe('br');
    sizes.push([`\`${name}\``, bytes]);
  }
  const all = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(all).toBeLessThanOrEqual(1_500_000);

  const lines = readFileSync('docs/design.md', 'utf8').split('\n');
  for (const [name, found] of [...sizes, ['**in all**', all] as const]) {
    const row = lines.find((line) => line.startsWith(`| ${name} `));
    const said = Number(row?.split('|')[3]!.replaceAll(',', ''));
    expect(Math.abs(found / said - 1), `${name}: ${found} bytes, ${said} in docs/design.md`).toBeLessThan(
      0.05,
    );
  }
});
