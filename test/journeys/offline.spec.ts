import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { openDrawer } from './openDrawer.ts';

test('the shop can be installed: name, icons of all kinds, a service worker', async ({ page, request }) => {
  await page.goto('/');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await request.get(address!)).json()) as {
    name: string;
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Quincebury', start_url: '/', display: 'standalone' });
  expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  );
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect(size).toBe(sizes);
  }
  // What Chromium itself has to say against installing it.
  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
});

test('after one visit the shop opens, ranks and sells without a network', async ({ page, context }) => {
  test.setTimeout(120_000);
  await open(page);
  const drawer = await openDrawer(page);
  // The whole shop is learnt once the service's revision is taken.
  await expect(drawer.locator('[data-fact=revision]')).not.toHaveText('0', { timeout: 60_000 });

  await context.setOffline(true);
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain('/sw.js');
  const card = page.locator('[data-shelf=for-you]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'known');
  await expect(card).toHaveAttribute('data-freshness', 'offline');
  await expect(page.getByTestId('network-state')).toContainText('Offline');
  const picture = card.locator('img');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);

  await card.getByRole('link').first().click();
  await page.getByTestId('add-to-cart').click();
  await expect(page.locator('[data-shelf=goes-well]').getByTestId('card').first()).toBeVisible();
  // An address that was never opened online.
  await page.goto('/checkout');
  for (let step = 0; step < 4; step += 1) await page.getByTestId('checkout-on').click();
  await expect(page.getByTestId('order')).toContainText('is placed');
  await context.setOffline(false);
});

/** The shop, open on a page, with its service worker at work. */
async function open(page: Page): Promise<void> {
  await page.goto('/');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** Has a newer version of the shop served while something is done. */
async function renewed(work: () => Promise<void>): Promise<void> {
  const file = 'demo/dist/grocer/sw.js';
  const built = readFileSync(file, 'utf8');
  const serve = (text: string): void => {
    writeFileSync(file, text);
    writeFileSync(`${file}.br`, brotliCompressSync(text));
  };
  try {
    serve(`${built}\n// Another version.`);
    await work();
  } finally {
    serve(built);
  }
}

/** Whether a newer version waits to be let in. */
const waits = (page: Page): Promise<boolean> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);

for (const [when, pages] of [
  ['waits until the shopper lets it in', 1],
  ['that has waited since an earlier page is let in, too', 2],
] as const)
  test(`a newer version of the shop ${when}`, async ({ page }) => {
    test.setTimeout(120_000);
    await open(page);
    await renewed(async () => {
      const prompt = page.getByText('The shop was renewed.');
      for (let opened = 0; opened < pages; opened++) {
        await page.reload();
        await expect(prompt).toBeVisible({ timeout: 60_000 });
        expect(await waits(page)).toBe(true);
      }
      await page.getByRole('button', { name: 'Reload' }).click();
      await expect(prompt).toBeHidden();
      await expect.poll(() => waits(page)).toBe(false);
    });
  });

test('a newer version is let in by a page that was reloaded past the service worker, too', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await open(page);
  await page.reload();
  await renewed(async () => {
    // The other page holds the version before.
    const past = await context.newPage();
    await past.goto('/');
    const client = await context.newCDPSession(past);
    await Promise.all([past.waitForEvent('load'), client.send('Page.reload', { ignoreCache: true })]);
    expect(await past.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
    const prompt = past.getByText('The shop was renewed.');
    await expect(prompt).toBeVisible({ timeout: 60_000 });
    await past.getByRole('button', { name: 'Reload' }).click();
    await expect(prompt).toBeHidden();
    await expect.poll(() => waits(past)).toBe(false);
  });
});
