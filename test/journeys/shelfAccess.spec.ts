import { expect, test } from '@playwright/test';
import { pages } from './addresses.ts';
import { axeFinds } from './axeFinds.ts';
import { holdLearned, idsOn, openBare, settled } from './shelves.ts';

const shelf = 'evershelf-shelf';

for (const name of ['default', 'template'])
  test(`axe finds nothing on the page of ${name} cards, light or dark`, async ({ page }) => {
    await page.goto(`${pages}/elements/${name}.html`);
    await settled(page);
    expect(await axeFinds(page)).toEqual([]);
  });

test('axe finds nothing while shelves load, nor from right to left, nor with a heading that is not seen', async ({
  page,
}) => {
  const markup =
    '<evershelf-shelf heading="Picks"></evershelf-shelf><evershelf-shelf intent="discover" heading="" layout="grid" why></evershelf-shelf>';
  await page.route('**/small/model/**', () => {});
  await openBare(page, markup);
  await expect(page.locator('.evershelf-skeleton')).toHaveCount(16);
  await expect(page.getByRole('region').first()).toHaveAttribute('aria-busy', 'true');
  expect(await axeFinds(page)).toEqual([]);

  await page.unroute('**/small/model/**');
  await openBare(page, markup);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await settled(page);
  expect(await axeFinds(page)).toEqual([]);
  await expect(page.getByRole('region')).toHaveCount(2);
});

test('axe finds nothing where cards are no links, and where the text of the page is grey', async ({
  page,
}) => {
  await openBare(
    page,
    `<evershelf-shelf why></evershelf-shelf>
     <evershelf-shelf heading="Names" repeat><template><b data-part="title"></b></template></evershelf-shelf>`,
  );
  await page.addStyleTag({ content: ':root { color-scheme: light } main { color: #666 }' });
  await settled(page);
  expect(await axeFinds(page)).toEqual([]);
  // Only where nothing else in the list has the focus.
  await expect(page.locator('.evershelf-list').first()).not.toHaveAttribute('tabindex');
  await page.locator('.evershelf-list').last().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(() => document.activeElement!.scrollLeft)).toBeGreaterThan(0);
});

test('a screen reader hears a region with its name, its buttons, and a list of links', async ({ page }) => {
  await openBare(
    page,
    `<evershelf-shelf count="2" currency="USD" heading="Our picks" pins='["item 9 ü", "item 21 ü"]'></evershelf-shelf>`,
  );
  await settled(page);
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - region "Our picks":
        - heading "Our picks" [level=2]
        - list:
          - listitem:
            - link /^\\S.* \\$9\\.99$/
          - listitem:
            - link /^\\S.* \\$4\\.99$/
  `);
  await page.locator(shelf).evaluate((element) => element.setAttribute('count', '12'));
  await expect(page.getByRole('listitem')).toHaveCount(12);
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - region "Our picks":
        - heading "Our picks" [level=2]
        - button "Previous products" [disabled]
        - button "More products"
        - list
  `);
  await expect(page.locator('[aria-busy], [aria-live]')).toHaveCount(0);
});

test('skeletons are seen, and heard by nobody', async ({ page }) => {
  await page.route('**/small/model/**', () => {});
  await openBare(page, '<evershelf-shelf></evershelf-shelf>');
  await expect(page.locator('.evershelf-skeleton')).toHaveCount(8);
  for (const part of ['.evershelf-picture', '[data-part=title]', '[data-part=price]'])
    await expect(page.locator('.evershelf-skeleton').first().locator(part)).toHaveCSS(
      'background-color',
      /0\.0\d/,
    );
  await expect(page.getByRole('listitem')).toHaveCount(0);
  await expect(page.getByRole('link')).toHaveCount(0);
});

test.describe('by keyboard', () => {
  test('the buttons come before the cards, keep the focus at the end, and each card shows itself', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openBare(page, '<evershelf-shelf count="10"></evershelf-shelf>');
    await settled(page);
    const [back, on] = [
      page.getByRole('button', { name: 'Previous products' }),
      page.getByRole('button', { name: 'More products' }),
    ];
    await page.keyboard.press('Tab');
    await expect(back).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(on).toBeFocused();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Enter');
    await expect(on).toHaveAttribute('aria-disabled', 'true');
    await expect(on).toBeFocused();
    await expect(back).toHaveAttribute('aria-disabled', 'false');
    for (const link of await page.getByRole('link').all()) {
      await page.keyboard.press('Tab');
      await expect(link).toBeFocused();
      await expect(link).toBeInViewport({ ratio: 0.9 });
      expect(await link.evaluate((a) => getComputedStyle(a).outlineStyle)).toBe('solid');
    }
  });
});

test.describe('from right to left', () => {
  test('the list begins on the right, the buttons stand on the left, and on goes to the left', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openBare(page, '<evershelf-shelf count="10"></evershelf-shelf>');
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await settled(page);
    const list = page.getByRole('list');
    const [frame, first] = [
      (await list.boundingBox())!,
      (await page.getByRole('listitem').first().boundingBox())!,
    ];
    expect(first.x + first.width).toBeCloseTo(frame.x + frame.width, 0);
    const [back, on] = [page.getByRole('button').nth(0), page.getByRole('button').nth(1)];
    expect((await on.boundingBox())!.x).toBeLessThan((await back.boundingBox())!.x);
    await on.click();
    expect(await list.evaluate((element) => element.scrollLeft)).toBeLessThan(-100);
    await expect(back).toHaveAttribute('aria-disabled', 'false');
  });
});

test('nothing moves where the shopper wants no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const release = await holdLearned(page);
  await openBare(page, '<evershelf-shelf></evershelf-shelf>');
  await expect(page.locator(shelf)).toHaveAttribute('data-evershelf-state', 'filled');
  await expect(page.locator('.evershelf-list')).toHaveCSS('scroll-behavior', 'auto');
  await page.evaluate(() => {
    const { shop } = globalThis as unknown as { shop: { track(events: object): void } };
    shop.track(['item 7 ü', 'item 12 ü', 'item 30 ü'].map((item) => ({ item, kind: 'purchase' })));
  });
  const before = await idsOn(page.locator(shelf));
  const running = page.evaluate(() => {
    let running = 0;
    document.addEventListener('animationstart', () => running++);
    return new Promise((resolve) => setTimeout(() => resolve(running), 2500));
  });
  release();
  expect(await running).toBe(0);
  expect(await idsOn(page.locator(shelf))).not.toEqual(before);
});

for (const [zoom, width] of [
  ['200 %', 640],
  ['400 %', 320],
] as const)
  test(`at ${zoom} of 1280 pixels everything has its room`, async ({ page }) => {
    await page.setViewportSize({ width, height: 512 });
    for (const name of ['default', 'template']) {
      await page.goto(`${pages}/elements/${name}.html`);
      await settled(page, page.locator(shelf).first());
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, name).toBe(0);
      const card = page.locator('[data-item]').first();
      expect((await card.boundingBox())!.width, name).toBeGreaterThanOrEqual(120);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('[data-part=price], .evershelf-heading')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.textContent),
      );
      expect(cut, name).toEqual([]);
    }
  });

test('cards are told apart where the system chooses the colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openBare(page, '<evershelf-shelf></evershelf-shelf>');
  await settled(page);
  const [border, background] = await page
    .locator('.evershelf-card')
    .first()
    .evaluate((card) => [
      getComputedStyle(card).borderTopColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
  expect(border).not.toBe(background);
  await expect(page.locator('.evershelf-card').first()).toHaveCSS('border-top-style', 'solid');
});

test("the page's own rules win over those of a shelf", async ({ page }) => {
  await openBare(page, '<evershelf-shelf></evershelf-shelf>');
  await page.addStyleTag({
    content:
      'a { color: rgb(1, 2, 3); padding: 3px } h2 { font-size: 50px } ul { padding: 40px; list-style: square } ul li { width: 50% } section { padding: 60px } button { padding: 12px 30px; width: 100% } * { margin: 0; padding: 0 }',
  });
  await settled(page);
  const link = page.locator('.evershelf-card').first();
  await expect(link).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(link).toHaveCSS('padding', '3px');
  await expect(page.locator('.evershelf-heading')).toHaveCSS('font-size', '50px');
  // But for what makes a row of a list.
  await expect(page.locator('.evershelf-list')).toHaveCSS('padding', '0px');
  await expect(page.locator('.evershelf-list')).toHaveCSS('list-style-type', 'none');
  await expect(page.locator('.evershelf-item').first()).toHaveCSS('width', '168px');
  await expect(page.locator('.evershelf-section')).toHaveCSS('padding', '0px');
  await expect(page.locator('.evershelf-on')).toHaveCSS('width', '36px');
  await expect(page.locator('.evershelf-on')).toHaveCSS('padding', '0px');
});
