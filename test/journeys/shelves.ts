import { expect, type Locator, type Page } from '@playwright/test';
import { pages } from './addresses.ts';

/** Opens a page of `test/pages/elements`, with markup in its `main`. */
export async function openBare(page: Page, markup = ''): Promise<void> {
  await page.goto(`${pages}/elements/bare.html`);
  await page.evaluate(async (html) => {
    // A page that does not hold their room for them would shift where shelves are defined later.
    await customElements.whenDefined('evershelf-shelf');
    document.querySelector('main')!.innerHTML = html;
  }, markup);
}

/** Settles when shelves are drawn with all of the model, and have come to rest. */
export async function settled(page: Page, shelves = page.locator('evershelf-shelf')): Promise<void> {
  await page.waitForFunction(() => {
    const { shop } = globalThis as { shop?: { shelf: { status(): { complete: boolean } } } };
    return shop?.shelf.status().complete;
  });
  await expect(shelves).not.toHaveCount(0);
  for (const shelf of await shelves.all())
    await expect(shelf).not.toHaveAttribute('data-evershelf-state', 'loading');
  let before: string | undefined;
  await expect
    .poll(
      async () => {
        const now = (await Promise.all((await shelves.all()).map(idsOn))).join();
        const rests = now === before;
        before = now;
        return rests;
      },
      { intervals: [1200] },
    )
    .toBe(true);
}

/** Ids of the items on a shelf, in their order. */
export async function idsOn(shelf: Locator): Promise<string[]> {
  return shelf
    .locator('[data-item]')
    .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset['item']!));
}

/** Keeps what the model learned from a page until the function that comes back is called: until then shelves are by what sells. */
export async function holdLearned(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/(tables|edges)\.safetensors/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Adds up how much a page shifts, from its beginning on (Layout Instability API). */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as { shifts?: number }).shifts! += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts);
}
