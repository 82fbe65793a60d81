import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { findBrowser, SOFTWARE_WEBGPU } from '../packages/sdk/test/findBrowser.ts';

/** Takes the pictures in docs/screenshots from a running demo: `tsx test/screenshots.ts http://localhost:4173` */
const address = process.argv[2] ?? 'http://localhost:4173';
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));

const DEVICES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  'desktop-dark': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

await mkdir(folder, { recursive: true });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', ...SOFTWARE_WEBGPU],
});
for (const [device, options] of Object.entries(DEVICES)) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const take = async (name: string): Promise<void> => {
    // Pictures load and bars settle; nothing tells when the last of them has.
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${folder}${name}-${device}.png` });
    console.log(`${name}-${device}.png`);
  };
  await page.goto(address);
  await page.getByTestId('card').first().waitFor();
  await learnt(page);
  await take('home');
  await page.getByTestId('card').first().getByRole('link').first().click();
  await page.locator('[data-shelf=goes-well]').getByTestId('card').first().waitFor();
  await take('product');
  await page.getByTestId('add-to-cart').click();
  await page.goto(`${address}/category/bakery`);
  await page.locator('[data-shelf^=category-]').getByTestId('card').first().waitFor();
  await take('category');
  await page.goto(`${address}/cart`);
  await page.getByTestId('card').first().waitFor();
  await take('cart');

  await page.goto(address);
  await page.getByTestId('card').first().waitFor();
  if (!(await page.getByTestId('panel').isVisible())) await page.getByTestId('panel-toggle').click();
  await page.getByTestId('offline-toggle').click();
  await page.getByTestId('arrive').click();
  await page.locator('[data-shelf=new-arrivals]').getByTestId('card').first().waitFor();
  await take('offline-arrival');
  await context.close();
}
await browser.close();

/** Settles when the page knows the whole shop. */
async function learnt(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const revision = document.querySelector('[data-testid=panel-revision]')?.textContent;
    return revision !== undefined && revision !== '0';
  });
}
