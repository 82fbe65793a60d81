import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from '@playwright/test';
import { launchOptions, SOFTWARE_WEBGPU } from '../packages/sdk/test/launchOptions.ts';

/**
 * Takes the pictures in docs/screenshots from a running demo:
 *
 *     tsx test/screenshots.ts --shop http://localhost:4173 --gifts http://localhost:4174
 *
 * `--only WORD` takes those whose name has it, and leaves the others as they are.
 */
const { values } = parseArgs({
  options: {
    shop: { type: 'string', default: 'http://localhost:4173' },
    gifts: { type: 'string', default: 'http://localhost:4174' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: fileURLToPath(new URL('../docs/screenshots/', import.meta.url)) },
  },
});

const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const SCHEMES = ['light', 'dark'] as const;

/** What leads to each picture, from a visit of its own. */
const SCENES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async home(page) {
    await page.goto(values.shop);
    await filled(page, 'for-you');
  },
  async 'home-again'(page) {
    await buy(page);
    await page.goto(values.shop);
    await filled(page, 'for-you');
  },
  async offline(page) {
    await buy(page);
    await page.goto(values.shop);
    await filled(page, 'for-you');
    if (!(await drawerOf(page).isVisible())) await page.getByTestId('drawer-toggle').click();
    await drawerOf(page).getByRole('switch', { name: 'Take the shop offline' }).click();
    await page.locator('[data-shelf=for-you] [data-freshness=offline]').first().waitFor();
    if (page.viewportSize()!.width < 1000)
      await drawerOf(page).getByRole('button', { name: 'Close' }).click();
  },
  async category(page) {
    await page.goto(`${values.shop}/category/bakery`);
    await filled(page, 'category-bakery');
  },
  async search(page) {
    await page.goto(`${values.shop}/search?q=coffee`);
    await page.getByTestId('product').first().waitFor();
  },
  async 'search-nothing'(page) {
    await page.goto(`${values.shop}/search?q=purple+yogurt+machine`);
    await filled(page, 'instead');
  },
  async product(page) {
    await look(page, 'coffee');
  },
  async cart(page) {
    await buy(page);
    await page.goto(`${values.shop}/cart`);
    await filled(page, 'before-you-go');
  },
  async 'cart-empty'(page) {
    await page.goto(`${values.shop}/cart`);
    await filled(page, 'before-you-go');
  },
  async checkout(page) {
    await buy(page);
    await page.goto(`${values.shop}/checkout`);
    await page.getByTestId('checkout-on').click();
    await page.getByTestId('checkout-on').click();
  },
  async order(page) {
    await buy(page);
    await page.goto(`${values.shop}/checkout`);
    for (let step = 0; step < 4; step += 1) await page.getByTestId('checkout-on').click();
    await filled(page, 'next-time');
  },
  async missing(page) {
    await page.goto(`${values.shop}/old/strawberry-jam`);
    await filled(page, 'instead');
  },
  async tour(page) {
    await page.goto(values.shop);
    await filled(page, 'for-you');
    await page.getByTestId('start-tour').click();
    const tour = page.getByTestId('tour');
    for (const name of ['Next', 'Take it offline', 'Next', 'Let a product arrive'])
      await tour.getByRole('button', { name, exact: true }).click();
    await filled(page, 'new-arrivals');
  },
  async drawer(page) {
    await look(page, 'coffee');
    await page.goto(values.shop);
    await filled(page, 'for-you');
    const drawer = drawerOf(page);
    if (!(await drawer.isVisible())) await page.getByTestId('drawer-toggle').click();
    const card = drawer.locator('details.card summary').first();
    await card.click();
    await card.evaluate((line) => line.scrollIntoView({ block: 'start' }));
    await card.hover();
  },
  async gifts(page) {
    await page.goto(values.gifts);
    await filled(page, 'for-you');
  },
  async 'gifts-product'(page) {
    await page.goto(`${values.gifts}/search?q=regency`);
    await page.getByTestId('product').first().getByRole('link').click();
    await filled(page, 'goes-well');
  },
};

await mkdir(values.out, { recursive: true });
if (values.only === '')
  for (const name of await readdir(values.out)) if (name.endsWith('.webp')) await rm(`${values.out}/${name}`);
const browser = await chromium.launch(launchOptions(SOFTWARE_WEBGPU));
for (const [scene, open] of Object.entries(SCENES))
  for (const [device, viewport] of Object.entries(WIDTHS))
    for (const colorScheme of SCHEMES) {
      const name = `${scene}-${device}-${colorScheme}`;
      if (name.includes(values.only)) await take(browser, name, open, { viewport, colorScheme });
    }
await browser.close();

async function take(
  browser: Browser,
  name: string,
  open: (page: Page) => Promise<void>,
  options: BrowserContextOptions,
): Promise<void> {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await open(page);
  // Pictures load and bars settle; nothing tells when the last of them has.
  await page.waitForTimeout(2000);
  const picture = await page.screenshot();
  await writeFile(`${values.out}/${name}.webp`, await webp(page, picture));
  await context.close();
  console.log(name);
}

/** A picture as WebP, a fourth of its size: the browser can write it. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const address = await page.evaluate(
    async (source) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
      const reader = new FileReader();
      return await new Promise<string>((resolve) => {
        reader.addEventListener('load', () => resolve(reader.result as string));
        reader.readAsDataURL(blob);
      });
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(address.split(',')[1]!, 'base64');
}

/** Settles when a shelf shows its cards. */
async function filled(page: Page, shelf: string): Promise<void> {
  await page.locator(`[data-shelf="${shelf}"]`).getByTestId('card').first().waitFor();
}

function drawerOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Evershelf' });
}

async function look(page: Page, words: string): Promise<void> {
  await page.goto(`${values.shop}/search?q=${words}`);
  await page.getByTestId('product').first().getByRole('link').click();
  await filled(page, 'goes-well');
}

async function buy(page: Page): Promise<void> {
  for (const words of ['coffee', 'bread']) {
    await look(page, words);
    await page.getByTestId('add-to-cart').click();
  }
}
