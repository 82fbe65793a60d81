import { expect, test } from '@playwright/test';
import { pages } from './addresses.ts';
import { idsOn, openBare, settled } from './shelves.ts';

const shelf = 'evershelf-shelf';

test('one tag and one element are a shelf', async ({ page }) => {
  await page.goto(`${pages}/elements/tag.html`);
  await expect(page.getByRole('region', { name: 'For you' }).getByRole('listitem')).toHaveCount(8);
  await expect(page.locator(shelf)).not.toHaveAttribute('data-evershelf-error');
});

test.describe('a card', () => {
  test('is the default one where the shop has none: a link with picture, title and price', async ({
    page,
  }) => {
    await page.goto(`${pages}/elements/default.html`);
    await settled(page);
    const card = page.getByRole('region', { name: 'For you' }).getByRole('listitem').first();
    await expect(card.getByRole('link')).toHaveAttribute('href', /^\/elements\/bare\.html\?product=\d+$/);
    await expect(card.locator('img')).toHaveAttribute('src', /^\/small\/\d+\.svg$/);
    await expect(card.locator('[data-part=title]')).not.toBeEmpty();
    await expect(card.locator('[data-part=price]')).toHaveText(/^\$\d+\.99$/);
    await expect(card.locator('[data-part=why]')).not.toBeEmpty();
    await expect(page.getByRole('heading', { level: 3 })).toHaveText('Goes well with this');
  });

  test("is the shop's own where it has a template, filled by name, in the page's language", async ({
    page,
  }) => {
    await page.goto(`${pages}/elements/template.html`);
    await settled(page);
    const region = page.getByRole('region', { name: 'Unsere Auswahl' });
    await expect(region.getByRole('article')).toHaveCount(8);
    const ids = await idsOn(page.locator(shelf));
    for (const [place, card] of (await region.getByRole('listitem').all()).entries()) {
      const id = ids[place]!;
      const item = await page.evaluate(
        (id) =>
          (
            globalThis as unknown as { shop: { shelf: { item(id: string): Record<string, string> } } }
          ).shop.shelf.item(id),
        id,
      );
      await expect(card.locator('article')).toHaveAttribute('data-sku', id);
      await expect(card.locator('h3')).toHaveText(item['title']!);
      await expect(card.locator('.maker')).toHaveText(item['brand']!);
      await expect(card.locator('strong')).toHaveText(/^\d+,99\s€$/);
      await expect(card.getByRole('button')).toHaveAccessibleName(`${item['title']} in den Korb`);
      await expect(card.locator('img')).toHaveAttribute('alt', item['title']!);
      await expect(card.locator('.badge')).toBeVisible({ visible: Boolean(item['organic']) });
      await expect(card.locator('.reason')).not.toBeEmpty();
    }
  });

  test('may be a list entry of its own, named by slots, with an address of the shop and attributes of its own', async ({
    page,
  }) => {
    await openBare(
      page,
      `<evershelf-shelf count="3" href="/p/{id}?colour={colour}">
        <template><li class="own"><a slot="link title"></a><i slot="colour"></i><b data-part="nothing">none</b><own-box><s slot="brand">kept</s></own-box></li></template>
      </evershelf-shelf>`,
    );
    await settled(page);
    const card = page.locator('ul > li.own').first();
    const [id] = await idsOn(page.locator(shelf));
    const colour = await card.locator('i').innerText();
    await expect(card.locator('a')).toHaveAttribute('href', `/p/${encodeURIComponent(id!)}?colour=${colour}`);
    await expect(card.locator('a')).not.toBeEmpty();
    await expect(card.locator('b')).toBeHidden();
    // A slot of another custom element is not the shelf's.
    await expect(card.locator('s')).toHaveText('kept');
  });

  test('may name its parts as slots, by part, or around others', async ({ page }) => {
    await openBare(
      page,
      `<evershelf-shelf count="3" currency="EUR">
        <template><div><slot name="image"></slot><h4 part="title"></h4><p data-part="price">from <slot name="price"></slot></p><slot name="why"></slot></div></template>
      </evershelf-shelf>`,
    );
    await settled(page);
    for (const card of await page.getByRole('listitem').all()) {
      await expect(card.locator('img')).toHaveAttribute('src', /^\/small\//);
      await expect(card.locator('img')).toBeVisible();
      await expect(card.locator('h4')).not.toBeEmpty();
      await expect(card.locator('p')).toHaveText(/^from €\d+\.99$/);
      await expect(card.locator('[data-part=why]')).not.toBeEmpty();
    }
  });

  test('keeps the room of a picture that cannot be loaded, and shows it when it can', async ({ page }) => {
    let fails = true;
    await page.route('**/small/*.svg', (route) => (fails ? route.abort() : route.continue()));
    await openBare(
      page,
      [
        '',
        '<template><a data-part="link"><img data-part="image"><b data-part="title"></b></a></template>',
        '<template><img src="{image}" alt="{title}" width="90" height="60"></template>',
      ]
        .map((template) => `<evershelf-shelf count="2" repeat>${template}</evershelf-shelf>`)
        .join(''),
    );
    await settled(page);
    const pictures = page.locator('[data-item] img');
    await expect(page.locator('[data-item] img.evershelf-broken')).toHaveCount(6);
    const boxes = () =>
      page.locator('[data-item], [data-item] *').evaluateAll((all) =>
        all.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return { name: element.localName, x, y, width, height };
        }),
      );
    const before = await boxes();
    for (const { height } of before.filter(({ name }) => name === 'img')) expect(height).toBeGreaterThan(50);

    fails = false;
    await page.evaluate(() => {
      const { shop } = globalThis as unknown as { shop: { setPage(state: object): void } };
      shop.setPage({ currency: 'EUR' });
    });
    await expect(page.locator('.evershelf-broken')).toHaveCount(0);
    await expect
      .poll(() =>
        pictures.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth > 0)),
      )
      .toEqual(Array(6).fill(true));
    expect(await boxes()).toEqual(before);
  });

  test('follows its template where that comes later, or is another one', async ({ page }) => {
    await openBare(page, '<evershelf-shelf count="2"></evershelf-shelf>');
    await settled(page);
    await expect(page.locator('.evershelf-card')).toHaveCount(2);
    await page.evaluate(() => {
      const template = document.createElement('template');
      template.innerHTML = '<p data-part="title" class="late"></p>';
      document.querySelector('evershelf-shelf')!.append(template);
    });
    await expect(page.locator('.late')).toHaveCount(2);
    await expect(page.locator('.late').first()).not.toBeEmpty();
    await expect(page.locator('.evershelf-card')).toHaveCount(0);
  });

  test('runs nothing, follows nothing and breaks over nothing that an item may say', async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const all = `rules='{"caps": [{"by": "title", "most": 60}]}'`;
    await openBare(
      page,
      `<evershelf-shelf count="60" layout="grid" ${all} why></evershelf-shelf>
      <evershelf-shelf count="60" layout="grid" ${all} repeat>
        <template><a data-part="link" href="{url}"><img data-part="image" src="{image}" onload="{title}"><b data-part="title" title="{brand}"></b><iframe srcdoc="{title}"></iframe></a></template>
      </evershelf-shelf>`,
    );
    await settled(page, page.locator(shelf).first());
    await page.locator(shelf).last().scrollIntoViewIfNeeded();
    await settled(page);
    for (const each of await page.locator(shelf).all()) {
      await expect(each.locator('[data-item]')).toHaveCount(60);
      await expect(each.locator('[data-item="item 0 ü"] [data-part=title]')).toHaveText(
        '<img src=x onerror="hacked=1"><script>hacked=1</script>',
      );
      await expect(each.locator('[data-part=title]', { hasText: '{id} $& {{title}}' })).toHaveCount(1);
      for (const id of ['item 1 ü', 'item 2 ü', 'item 3 ü', 'item 14 ü', 'item 43 ü'])
        await expect(each.locator(`[data-item="${id}"] a`)).not.toHaveAttribute('href');
      const sources = await each
        .locator('img[src]')
        .evaluateAll((all) => all.map((image) => image.getAttribute('src')));
      for (const source of sources) expect(source).toMatch(/^\/small\//);
    }
    // Nothing is longer than an item's texts may be.
    const said = await page.locator(`${shelf} [data-part]`).allTextContents();
    expect(said.filter((text) => text.length > 5000)).toEqual([]);
    // Nor turns the text behind it.
    expect(said.filter((text) => /[\u202a-\u202e\u2066-\u2069]/.test(text))).toEqual([]);
    await expect(page.locator('[data-item="item 0 ü"] b')).toHaveAttribute('title', '"><b onclick=hacked=1>');
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links.length).toBeGreaterThan(100);
    for (const link of links) expect(link).toMatch(/^\/elements\//);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(errors).toEqual([]);
  });

  test('breaks no policy that forbids styles and Trusted Types altogether', async ({ page }) => {
    await page.route('**/bare.html', async (route) => {
      const response = await route.fetch();
      const policy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    });
    await page.goto(`${pages}/elements/bare.html`);
    await page.evaluate(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
        Object.assign(globalThis, { violated: `${violatedDirective} ${sample}` }),
      );
      const [first, second] = [
        document.createElement('evershelf-shelf'),
        document.createElement('evershelf-shelf'),
      ];
      const template = document.createElement('template');
      const title = document.createElement('b');
      title.dataset['part'] = 'title';
      template.content.append(title);
      second.append(template);
      document.querySelector('main')!.append(first, second);
    });
    await settled(page);
    await expect(page.locator('.evershelf-card')).toHaveCount(8);
    await expect(page.locator('.evershelf-list').first()).toHaveCSS('display', 'grid');
    expect(await page.evaluate(() => (globalThis as { violated?: string }).violated)).toBeUndefined();
  });
});

test.describe('money and language', () => {
  test("are the page's: the nearest lang, and the currency that the page or the item names", async ({
    page,
  }) => {
    await openBare(
      page,
      `<evershelf-shelf count="1"></evershelf-shelf>
      <div lang="fr"><evershelf-shelf count="1"></evershelf-shelf></div>
      <div lang="es"><evershelf-shelf count="1" currency="MXN" heading="Nuestros"></evershelf-shelf></div>`,
    );
    await settled(page);
    const prices = page.locator('[data-part=price]');
    await expect(prices.nth(0)).toHaveText(/^\d+\.99$/);
    await page.evaluate(() => {
      const { shop } = globalThis as unknown as { shop: { setPage(state: object): void } };
      shop.setPage({ currency: 'EUR' });
    });
    await expect(prices.nth(0)).toHaveText(/^€\d+\.99$/);
    await expect(prices.nth(1)).toHaveText(/^\d+,99\s€$/);
    await expect(prices.nth(2)).toHaveText(/MXN/);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['For you', 'Pour vous', 'Nuestros']);
  });

  test("are the shop's own words where it has them", async ({ page }) => {
    await page.addInitScript(() =>
      Object.assign(globalThis, { options: { messages: { en: { home: 'Hello' } } } }),
    );
    await openBare(page, '<evershelf-shelf></evershelf-shelf>');
    await expect(page.getByRole('region', { name: 'Hello' })).toBeVisible();
  });
});
