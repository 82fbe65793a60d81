import { expect, type Locator, type Page } from '@playwright/test';

/** What takes as long as it takes: a shop of 20,000 items comes page by page, and engines are measured in idle moments. */
const settling = expect.configure({ timeout: 60_000 });

/**
 * Settles when a shelf of the demo shows what it goes on showing: the attributes of its cards are fresh, and the drawer, where it is
 * open, has the figures of the engines.
 */
export async function settled(page: Page, shelf: string): Promise<void> {
  await page.locator(`[data-shelf="${shelf}"]`).getByTestId('card').first().waitFor();
  await settling(page.locator('[data-freshness=stale]')).toHaveCount(0);
  if ((await page.locator('html[data-drawer=open]').count()) > 0) await measured(page);
}

/** Settles when the open drawer has all attributes fresh, and figures of the engines. */
export async function measured(page: Page): Promise<void> {
  const drawer = drawerOf(page);
  await settling(drawer.locator('[data-count=stale]')).toHaveText('0');
  await settling(drawer.getByText('not measured yet')).toHaveCount(0);
  await settling(drawer.locator('.engine-taken .engine-median')).toHaveText(/ ms$/);
}

function drawerOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Evershelf' });
}

/** Opens the drawer of the demo where it is closed. */
export async function openDrawer(page: Page): Promise<Locator> {
  const drawer = drawerOf(page);
  if (!(await drawer.isVisible())) await page.getByTestId('drawer-toggle').click();
  await measured(page);
  return drawer;
}

/** Brings a shelf of the demo to where a phone's drawer, at the bottom, does not lie over it. */
export async function showBesideDrawer(page: Page, shelf: string): Promise<void> {
  if (page.viewportSize()!.width < 1000)
    await page.locator(`[data-shelf="${shelf}"]`).evaluate((element) => element.scrollIntoView());
}

/** Opens the page of the first product that a search finds. */
export async function look(page: Page, shop: string, words: string): Promise<void> {
  await page.goto(`${shop}/search?q=${words}`);
  await page.getByTestId('product').first().getByRole('link').click();
  await settled(page, 'goes-well');
}

/** Puts the first products that searches find into the cart, and looks at it: an event is kept a moment after its click. */
export async function buy(page: Page, shop: string, searches: readonly string[]): Promise<void> {
  for (const words of searches) {
    await look(page, shop, words);
    await page.getByTestId('add-to-cart').click();
    await page.getByRole('link', { name: /^Cart,/ }).click();
    await settled(page, 'before-you-go');
  }
}

/** Goes through the steps of a checkout. */
export async function checkOut(page: Page, shop: string, steps: number): Promise<void> {
  await page.goto(`${shop}/checkout`);
  for (let step = 0; step < steps; step += 1) await page.getByTestId('checkout-on').click();
}
