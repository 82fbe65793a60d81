import { expect, type Page, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/Storefront.ts';
import { pages } from './addresses.ts';
import { holdLearned, idsOn, openBare, settled, watchShifts } from './shelves.ts';

const shelf = 'evershelf-shelf';
const track = (page: Page, ...items: string[]): Promise<void> =>
  page.evaluate((items) => {
    const { shop } = globalThis as unknown as { shop: { track(events: object): void } };
    shop.track(items.map((item) => ({ item, kind: 'purchase' })));
  }, items);

for (const [device, viewport] of [
  ['a desktop', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const)
  test.describe(`on ${device}`, () => {
    test.use({ viewport });
    for (const name of ['default', 'template'])
      test(`nothing shifts on the page of ${name} cards, from the first skeleton to the best shelf`, async ({
        page,
      }) => {
        const shifts = await watchShifts(page);
        const release = await holdLearned(page);
        await page.goto(`${pages}/elements/${name}.html`);
        const first = page.locator(shelf).first();
        await expect(first).toHaveAttribute('data-evershelf-state', 'filled');
        // By what sells, until more is known.
        await page.waitForFunction(() => 'shop' in globalThis);
        await track(page, 'item 7 ü', 'item 12 ü', 'item 30 ü');
        const before = await idsOn(first);
        await page.waitForTimeout(300);
        release();
        await settled(page, first);
        expect(await idsOn(first)).not.toEqual(before);
        await page.waitForTimeout(300);
        expect(await shifts()).toBe(0);
      });
  });

test.describe('a shelf that becomes better', () => {
  const opened = async (page: Page): Promise<() => void> => {
    const release = await holdLearned(page);
    await openBare(page, '<evershelf-shelf></evershelf-shelf><p style="block-size: 200vh">Below</p>');
    await expect(page.locator(shelf)).toHaveAttribute('data-evershelf-state', 'filled');
    await track(page, 'item 7 ü', 'item 12 ü', 'item 30 ü');
    return release;
  };

  test('keeps the card of each item that stays, and how far page and row are scrolled', async ({ page }) => {
    const release = await opened(page);
    await page.evaluate(() => {
      for (const card of document.querySelectorAll('[data-item]'))
        Object.assign(card, { was: (card as HTMLElement).dataset['item'] });
      document.querySelector('.evershelf-list')!.scrollTo({ left: 150, behavior: 'instant' });
      scrollTo(0, 40);
    });
    const before = await idsOn(page.locator(shelf));
    release();
    await expect.poll(() => idsOn(page.locator(shelf))).not.toEqual(before);
    const after = await page.evaluate(() => ({
      was: [...document.querySelectorAll<HTMLElement & { was?: string }>('[data-item]')].map(
        ({ was, dataset }) => [dataset['item'], was],
      ),
      scrolled: [document.querySelector('.evershelf-list')!.scrollLeft, scrollY],
    }));
    expect(after.scrolled).toEqual([150, 40]);
    const stayed = after.was.filter(([id]) => before.includes(id!));
    expect(stayed.length).toBeGreaterThan(0);
    for (const [id, was] of stayed) expect(was).toBe(id);
  });

  test('waits while the focus is in it, which stays where it is', async ({ page }) => {
    const release = await opened(page);
    const link = page.locator('[data-item] a').nth(1);
    await link.focus();
    const before = await idsOn(page.locator(shelf));
    release();
    await page.waitForTimeout(2500);
    expect(await idsOn(page.locator(shelf))).toEqual(before);
    await expect(link).toBeFocused();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expect.poll(() => idsOn(page.locator(shelf))).not.toEqual(before);
  });

  test('waits while the pointer is on it', async ({ page }) => {
    const release = await opened(page);
    await page.locator('[data-item] a').nth(1).hover();
    const before = await idsOn(page.locator(shelf));
    release();
    await page.waitForTimeout(2500);
    expect(await idsOn(page.locator(shelf))).toEqual(before);
    await page.mouse.move(600, 700);
    await expect.poll(() => idsOn(page.locator(shelf))).not.toEqual(before);
  });
});

test.describe('shelves of one page', () => {
  test('show no item twice, but where one is told to', async ({ page }) => {
    await openBare(
      page,
      '<evershelf-shelf></evershelf-shelf><evershelf-shelf></evershelf-shelf><evershelf-shelf repeat></evershelf-shelf>',
    );
    await settled(page);
    const [first, second, third] = await Promise.all((await page.locator(shelf).all()).map(idsOn));
    expect([first!.length, second!.length]).toEqual([8, 8]);
    expect(new Set([...first!, ...second!]).size).toBe(16);
    expect(third).toEqual(first);
  });

  test('are asked for in one question', async ({ page }) => {
    await openBare(page);
    await page.waitForFunction(() => 'shop' in globalThis);
    const asked = await page.evaluate(async () => {
      const { shop } = globalThis as unknown as {
        shop: { shelf: { recommendAll(all: readonly unknown[]): Promise<unknown[]> } };
      };
      const { recommendAll } = shop.shelf;
      const asked: number[] = [];
      shop.shelf.recommendAll = (all) => {
        asked.push(all.length);
        return recommendAll(all);
      };
      document.querySelector('main')!.innerHTML = '<evershelf-shelf></evershelf-shelf>'.repeat(3);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return asked;
    });
    expect(asked[0]).toBe(3);
  });

  test('are not asked for until they are near', async ({ page }) => {
    await openBare(
      page,
      '<evershelf-shelf></evershelf-shelf><p style="block-size: 400vh">Between</p><evershelf-shelf></evershelf-shelf>',
    );
    await settled(page, page.locator(shelf).first());
    await expect(page.locator(shelf).last()).toHaveAttribute('data-evershelf-state', 'loading');
    await expect(page.locator(shelf).last().locator('.evershelf-skeleton')).toHaveCount(8);
    await page.locator(shelf).last().scrollIntoViewIfNeeded();
    await expect(page.locator(shelf).last().locator('[data-item]')).toHaveCount(8);
  });
});

test.describe('rules in attributes', () => {
  test('say what stands on the shelf, also when they change', async ({ page }) => {
    await openBare(
      page,
      `<script type="application/json" id="own">{"where": {"colour": {"in": ["red"]}}}</script>
      <evershelf-shelf rules="#own" pins="item_9" brand-cap="1" exclude='["item 3 ü"]' currency="USD" why></evershelf-shelf>`.replace(
        'item_9',
        '["item 9 ü"]'.replaceAll('"', '&quot;'),
      ),
    );
    await settled(page);
    const items = () =>
      page.evaluate(() => {
        const { shop } = globalThis as unknown as {
          shop: { shelf: { item(id: string): Record<string, unknown> } };
        };
        return [...document.querySelectorAll<HTMLElement>('[data-item]')].map(({ dataset }) =>
          shop.shelf.item(dataset['item']!),
        );
      });
    const shown = await items();
    expect(shown[0]!['id']).toBe('item 9 ü');
    await expect(page.locator('[data-part=why]').first()).toHaveText('Chosen by the shop');
    expect(new Set(shown.map(({ colour }) => colour))).toEqual(new Set(['red']));
    expect(new Set(shown.map(({ brand }) => brand)).size).toBe(shown.length);
    expect(shown.map(({ id }) => id)).not.toContain('item 3 ü');

    await page.locator(shelf).evaluate((element) => {
      element.setAttribute('price', '..3');
      element.removeAttribute('rules');
      element.removeAttribute('pins');
    });
    const dearest = async (): Promise<number> =>
      Math.max(...(await items()).map(({ price }) => price as number), 0);
    await expect.poll(dearest).toBeLessThanOrEqual(3);
    expect(await dearest()).toBeGreaterThan(0);
    await expect(page.locator(shelf)).not.toHaveAttribute('data-evershelf-error');
  });

  test('are those of the placement without any: no two cards read the same, and an unknown category is no empty shelf', async ({
    page,
  }) => {
    await openBare(
      page,
      '<evershelf-shelf placement="category" category="Food > Nothing" count="20"></evershelf-shelf>',
    );
    await settled(page);
    await expect(page.getByRole('region', { name: 'For you' })).toBeVisible();
    const titles = await page.locator('[data-part=title]').allInnerTexts();
    expect(titles).toHaveLength(20);
    expect(new Set(titles).size).toBe(20);
    await page.evaluate(() => {
      const { shop } = globalThis as unknown as { shop: Storefront };
      shop.setPage({ candidates: [{ id: 'new', title: 'New', category: ['Food', 'Nothing'] }] });
    });
    await expect(page.getByRole('region', { name: 'For you in Nothing' })).toBeVisible();
    await page.locator(shelf).evaluate((element) => element.setAttribute('category', 'Food > Fruit'));
    await expect(page.getByRole('region', { name: 'For you in Fruit' })).toBeVisible();
    const found = await page.evaluate(() => {
      const { shop } = globalThis as unknown as {
        shop: { shelf: { item(id: string): { category: string[] } } };
      };
      return [...document.querySelectorAll<HTMLElement>('[data-item]')].map(({ dataset }) =>
        shop.shelf.item(dataset['item']!).category.at(-1),
      );
    });
    expect(new Set(found)).toEqual(new Set(['Fruit']));
  });

  test('that nobody understands are said once, and the shelf goes on', async ({ page }) => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    const markup =
      '<evershelf-shelf placement="hom" count="many" price="cheap" where="{" template="#none"></evershelf-shelf>';
    await openBare(page, markup + markup);
    await settled(page);
    await expect(page.locator(shelf).first().locator('[data-item]')).toHaveCount(8);
    const said = (await page.locator(shelf).first().getAttribute('data-evershelf-error'))!.split('\n');
    expect(said.map((line) => line.split(':')[0])).toEqual([
      'placement',
      'count',
      'where',
      'price',
      'template',
    ]);
    const own = warnings.filter((text) => text.startsWith('evershelf: '));
    expect(own).toHaveLength(5);
    await page
      .locator(shelf)
      .first()
      .evaluate((element) => {
        for (const name of ['placement', 'count', 'where', 'price', 'template'])
          element.removeAttribute(name);
      });
    await expect(page.locator(shelf).first()).not.toHaveAttribute('data-evershelf-error');
  });
});

test('what was seen on page after page and passed over makes way', async ({ page }) => {
  test.slow();
  await openBare(page, '<evershelf-shelf count="3" fatigue="100"></evershelf-shelf>');
  await settled(page);
  const first = await idsOn(page.locator(shelf));
  for (let next = 1; next <= 4; next++) {
    expect(await idsOn(page.locator(shelf))).toEqual(first);
    // An item was seen once half of it stood in the window for a second.
    await page.waitForTimeout(1500);
    // What was seen often enough by now stays under the eyes of who is looking.
    await page.evaluate(async () => {
      const { shop } = globalThis as unknown as { shop: Storefront };
      const drawn = new Promise<void>((resolve) => shop.on('shelves', resolve));
      location.hash = '#top';
      shop.setPage({});
      await drawn;
    });
    expect(await idsOn(page.locator(shelf))).toEqual(first);
    await page.evaluate((next) => history.pushState(null, '', `?page=${next}`), next);
    await page.waitForTimeout(300);
  }
  await expect.poll(() => idsOn(page.locator(shelf))).not.toEqual(first);
  const now = await idsOn(page.locator(shelf));
  expect(now.filter((id) => first.includes(id))).toEqual([]);
});

test.describe('a shelf that cannot be filled', () => {
  const none = `where='{"brand": {"in": ["nobody"]}}'`;

  test('shows what the shop has for that, which stood there until then', async ({ page }) => {
    await openBare(
      page,
      `<evershelf-shelf ${none}><p>Our bestsellers</p></evershelf-shelf><evershelf-shelf><p>Loading</p></evershelf-shelf>`,
    );
    await settled(page);
    await expect(page.getByText('Our bestsellers')).toBeVisible();
    await expect(page.getByText('Loading')).toBeHidden();
    await expect(page.locator(shelf).first()).toHaveAttribute('data-evershelf-state', 'fallback');
    await expect(page.locator('.evershelf-section')).toHaveCount(1);
  });

  test('is not there below the window, and within it once nobody sees it: nothing shifts', async ({
    page,
  }) => {
    const shifts = await watchShifts(page);
    await openBare(
      page,
      `<evershelf-shelf ${none}></evershelf-shelf><p>Below</p><p style="block-size: 300vh"></p><evershelf-shelf ${none}></evershelf-shelf><p style="block-size: 200vh"></p>`,
    );
    const first = page.locator(shelf).first();
    await expect(first).toHaveAttribute('data-evershelf-state', 'reserved');
    await expect(first.getByRole('region')).toHaveCount(0);
    const box = await page.getByText('Below').boundingBox();
    await page.mouse.wheel(0, 1200);
    await expect(page.locator(shelf).last()).toHaveAttribute('data-evershelf-state', 'empty');
    await expect(first).toHaveAttribute('data-evershelf-state', 'empty');
    expect(box!.y).toBeGreaterThan(200);
    expect(await shifts()).toBeLessThan(0.01);
  });

  test('because no model can be had says nothing to the shopper', async ({ page }) => {
    await page.route('**/small/model/**', (route) => route.abort());
    await openBare(
      page,
      '<evershelf-shelf><p>Our bestsellers</p></evershelf-shelf><evershelf-shelf></evershelf-shelf>',
    );
    await expect(page.getByText('Our bestsellers')).toBeVisible();
    await expect(page.locator(shelf).first()).toHaveAttribute('data-evershelf-state', 'fallback');
    await expect(page.locator(shelf).last()).toHaveAttribute('data-evershelf-state', /^(reserved|empty)$/);
    await expect(page.getByRole('region')).toHaveCount(0);
  });
});

test.describe('an element', () => {
  test('is drawn wherever it stands: in a shadow root, moved, put back, copied, and with this code twice on the page', async ({
    page,
  }) => {
    await openBare(
      page,
      '<section id="host"></section><evershelf-shelf count="3"></evershelf-shelf><aside></aside>',
    );
    await page.evaluate(() => {
      const root = document.querySelector('#host')!.attachShadow({ mode: 'open' });
      root.innerHTML = '<evershelf-shelf count="3" repeat></evershelf-shelf>';
    });
    await settled(page);
    const inShadow = page.locator('#host').locator(shelf);
    await expect(inShadow.getByRole('listitem')).toHaveCount(3);
    await expect(inShadow.locator('.evershelf-list')).toHaveCSS('display', 'grid');

    const outside = page.locator('main > evershelf-shelf, aside > evershelf-shelf').first();
    const before = await idsOn(outside);
    await page.evaluate(() =>
      document.querySelector('aside')!.append(document.querySelector('main > evershelf-shelf')!),
    );
    await expect(page.locator('aside').getByRole('listitem')).toHaveCount(3);
    expect(await idsOn(page.locator('aside').locator(shelf))).toEqual(before);

    await page.evaluate(async () => {
      const element = document.querySelector('aside > evershelf-shelf')!;
      const copy = element.cloneNode(true) as Element;
      copy.setAttribute('repeat', '');
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 50));
      document.querySelector('aside')!.append(element, copy);
      await import(/* @vite-ignore */ `${location.origin}/storefront.js?twice`);
    });
    await settled(page);
    await expect(page.locator('aside .evershelf-section')).toHaveCount(2);
    const [own, copied] = await Promise.all((await page.locator('aside').locator(shelf).all()).map(idsOn));
    expect([own!.length, copied!.length]).toEqual([3, 3]);
    const drawn = await page.evaluate(
      () => (globalThis as unknown as { shop: { shelves(): unknown[] } }).shop.shelves().length,
    );
    expect(drawn).toBe(3);

    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.querySelector('aside')!.append(frame);
      const inside = document.createElement('evershelf-shelf');
      inside.setAttribute('count', '3');
      inside.setAttribute('repeat', '');
      frame.contentDocument!.body.append(inside);
    });
    const inFrame = page.frameLocator('iframe').locator(shelf);
    await expect(inFrame.locator('[data-item]')).toHaveCount(3);
    await expect(inFrame.locator('.evershelf-list')).toHaveCSS('display', 'grid');
  });

  test('that a framework empties draws itself again', async ({ page }) => {
    await openBare(page, '<evershelf-shelf count="3"></evershelf-shelf>');
    await settled(page);
    await page.locator(shelf).evaluate((element) => element.replaceChildren());
    await expect(page.locator('[data-item]')).toHaveCount(3);
  });

  test('is asked for again where the page is another one', async ({ page }) => {
    await openBare(page, '<evershelf-shelf></evershelf-shelf>');
    await settled(page);
    await page.evaluate(() => {
      const { shop } = globalThis as unknown as { shop: { setPage(state: object): void } };
      shop.setPage({ placement: 'product', product: { id: 'item 20 ü' } });
    });
    await expect(page.getByRole('region', { name: 'Goes well with this' })).toBeVisible();
    await expect(page.locator('[data-item="item 20 ü"]')).toHaveCount(0);
  });

  test('tells when it is drawn, and once that it is empty', async ({ page }) => {
    await openBare(page);
    await page.evaluate((none) => {
      Object.assign(globalThis, { told: [] });
      for (const name of ['evershelf-drawn', 'evershelf-empty'])
        document.addEventListener(name, ({ target }) =>
          (globalThis as unknown as { told: string[] }).told.push(`${(target as Element).id} ${name}`),
        );
      document.querySelector('main')!.innerHTML =
        `<evershelf-shelf id="none" ${none}></evershelf-shelf><evershelf-shelf id="some"></evershelf-shelf>`;
    }, `where='{"brand": {"in": ["nobody"]}}'`);
    await settled(page);
    const told = await page.evaluate(async () => {
      const { shop, told } = globalThis as unknown as { shop: Storefront; told: string[] };
      const drawn = new Promise<void>((resolve) => shop.on('shelves', resolve));
      shop.setPage({ currency: 'EUR' });
      await drawn;
      return told;
    });
    expect(told.filter((name) => name.startsWith('none'))).toEqual(['none evershelf-empty']);
    expect([...new Set(told)]).toContain('some evershelf-drawn');
    expect(told).not.toContain('some evershelf-empty');
  });
});
