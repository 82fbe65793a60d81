import { readFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import type { Consent } from '../../packages/sdk/src/index.ts';
import { tableOf } from '../tableOf.ts';
import { pages, shop as grocer } from './addresses.ts';
import { type Stored, storedOn } from './storedOn.ts';

interface Shop {
  readonly shop: Storefront;
  gtag(...command: unknown[]): void;
}

/** An event that was sent. */
interface Sent {
  readonly item: string;
  readonly kind: string;
}

/** A row of a table of docs/privacy.md. */
interface Row {
  readonly text: string;
  readonly pattern: RegExp;
  readonly bytes: number;
  readonly consent: string;
}

const document_ = readFileSync('docs/privacy.md', 'utf8');
const STORED = rowsOf('where', ([where, key, , bytes, consent]) => ({
  text: `${where} ${key}`,
  bytes: Number(bytes!.replaceAll(',', '')),
  consent: consent!,
}));
const SENT = rowsOf('request', ([request]) => ({ text: request!, bytes: NaN, consent: '' }));
/** What only some models and devices have. */
const SOMETIMES = /engines$|pairs|^GET \*\/v1\/pairs/;
const isThere = ({ text }: Row): boolean => !SOMETIMES.test(text);

/** Opens the page and its storefront, of the small shop or another one; gives what it asks of the network. */
async function open(
  page: Page,
  asked: string,
  shop = '/small',
): Promise<{ method: string; url: string; body: string }[]> {
  const requests: { method: string; url: string; body: string }[] = [];
  page.on('request', (request) =>
    requests.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' }),
  );
  await page.goto(`${pages}/consent.html?${asked}&shop=${shop}`);
  await page.waitForFunction('globalThis.shop');
  return requests;
}

const consentOf = (page: Page): Promise<Consent> =>
  page.evaluate(() => (globalThis as unknown as Shop).shop.consent());
const eventsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Shop).shop.shelf.status().profile.events);
const complete = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const { complete, byFreshness } = (globalThis as unknown as Shop).shop.shelf.status();
    return complete && byFreshness.fresh > 0;
  });
/** Looks at an item, and gives its id. */
const look = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { shop } = globalThis as unknown as Shop;
    const { id } = shop.shelf.items()[7]!;
    shop.track({ item: id, kind: 'view' });
    return id;
  });
const gtag = (page: Page, choice: 'granted' | 'denied'): Promise<void> =>
  page.evaluate(
    (each) =>
      (globalThis as unknown as Shop).gtag('consent', 'update', {
        ad_storage: each,
        ad_personalization: each,
        analytics_storage: each,
      }),
    choice,
  );
/** Leaves the page as a shopper does who goes to another tab: what waits to be sent is sent. */
const leave = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
const databases = async (page: Page): Promise<string[]> => [
  ...new Set((await storedOn(page)).map(({ where }) => where)),
];
/** What docs/privacy.md says is stored, and is not. */
const notYetStored = async (page: Page): Promise<string[]> =>
  missing(STORED.filter(isThere), namesOf(await storedOn(page)));
/** Does all that a shopper can do: sees a shelf, opens a card, fills a cart, buys. */
async function shopAround(page: Page): Promise<void> {
  await complete(page);
  await page.evaluate(() => {
    const { shop } = globalThis as unknown as Shop;
    const { dataLayer } = globalThis as unknown as { dataLayer: unknown[] };
    const [item] = shop.shelf.items();
    const ecommerce = { currency: 'EUR', value: 1, items: [{ item_id: item!.id, quantity: 1 }] };
    dataLayer.push({ event: 'view_item', ecommerce });
    dataLayer.push({ event: 'add_to_cart', ecommerce });
    dataLayer.push({ event: 'purchase', ecommerce: { ...ecommerce, transaction_id: 'T-1' } });
  });
  await page
    .locator('evershelf-shelf [data-item] a')
    .first()
    .click({ modifiers: ['ControlOrMeta'] });
}

test('docs/privacy.md lists each byte that is stored and sent, at most', async ({ page }) => {
  const requests = await open(page, 'consent=profile', grocer);
  await shopAround(page);
  await expect.poll(() => notYetStored(page), { timeout: 30_000 }).toEqual([]);
  const stored = await storedOn(page);
  for (const name of namesOf(stored))
    expect(
      STORED.filter(({ pattern }) => pattern.test(name)),
      name,
    ).toHaveLength(1);
  for (const { text, pattern, bytes } of STORED.filter((row) => isThere(row) && row.bytes > 0)) {
    const found = stored.filter(({ where, key }) => pattern.test(`${where} ${key}`));
    const inAll = found.reduce((sum, each) => sum + each.bytes, 0);
    expect(bytes / inAll, `${text}: ${inAll} bytes`).toBeCloseTo(1, 1);
  }

  const own = (): string[] =>
    requests
      .filter(({ url }) => !/\/consent\.html|\.svg|favicon/.test(url))
      .map(({ method, url }) => `${method} ${new URL(url).origin}${new URL(url).pathname}`);
  await expect.poll(() => missing(SENT.filter(isThere), own()), { timeout: 30_000 }).toEqual([]);
  for (const name of own())
    expect(
      SENT.filter(({ pattern }) => pattern.test(name)),
      name,
    ).toHaveLength(1);
  const events = requests.flatMap(({ body }) =>
    body === '' ? [] : (JSON.parse(body) as { events: object[] }).events,
  );
  const said = /An event says (.*?)The page's own/s.exec(document_)![1]!;
  for (const key of new Set(events.flatMap((event) => Object.keys(event))))
    expect(said).toContain(`\`${key}\``);
});

test('without a signal the shop is kept, and nothing about the shopper', async ({ page }) => {
  await open(page, '');
  await shopAround(page);
  expect(await consentOf(page)).toBe('cache');
  await expect.poll(() => databases(page)).toEqual(['IndexedDB evershelf-catalogue']);
  await page.waitForTimeout(1000);
  for (const name of namesOf(await storedOn(page)))
    expect(STORED.find(({ pattern }) => pattern.test(name))?.consent, name).toBe('cache');
});

for (const [by, asked] of [
  ["the shop's word", 'consent=none'],
  ['an update that denies', 'default=denied&update=denied'],
  ['a default that denies, and no update', 'default=denied'],
] as const)
  test(`by ${by} nothing at all is stored, and what was stored is deleted`, async ({ page, context }) => {
    await open(page, 'update=granted');
    await shopAround(page);
    expect(await consentOf(page)).toBe('profile');
    await expect.poll(() => notYetStored(page)).toEqual([]);
    await page.close();

    const next = await context.newPage();
    const requests = await open(next, asked);
    await expect.poll(() => storedOn(next)).toEqual([]);
    await shopAround(next);
    await leave(next);
    await next.waitForTimeout(500);
    expect(await consentOf(next)).toBe('none');
    expect(await storedOn(next)).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    const sent = requests.filter(({ method }) => method !== 'GET');
    // The shop has switched events on, and says itself that nothing may be kept: that is no word about events.
    if (asked !== 'consent=none') expect(sent).toEqual([]);
  });

test('the history does not leave the device unless events are switched on', async ({ page }) => {
  const requests = await open(page, 'consent=profile&events=off');
  const id = await look(page);
  await shopAround(page);
  await leave(page);
  await page.waitForTimeout(500);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  for (const { url } of requests.filter((each) => !each.url.endsWith('.svg'))) expect(url).not.toContain(id);
});

test('what is taken back goes at once, and is not sent; the shelf goes on with what was done', async ({
  page,
}) => {
  const requests = await open(page, 'update=granted');
  await complete(page);
  await look(page);
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
  await gtag(page, 'denied');
  expect(await consentOf(page)).toBe('none');
  await expect.poll(() => storedOn(page)).toEqual([]);
  expect(await eventsOf(page)).toBe(1);
  await look(page);
  await leave(page);
  await page.waitForTimeout(500);
  expect(await storedOn(page)).toEqual([]);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('what is granted late keeps what was done in the visit, and sends it, with what shelves have shown', async ({
  page,
}) => {
  // However long a busy machine takes to come here, the answer is still waited for.
  await page.addInitScript(() => {
    const wait = setTimeout;
    globalThis.setTimeout = ((act: () => void, milliseconds: number) =>
      milliseconds === 3000 ? 0 : wait(act, milliseconds)) as typeof setTimeout;
  });
  const requests = await open(page, 'default=denied');
  const id = await look(page);
  await page
    .locator('evershelf-shelf [data-item] a')
    .first()
    .click({ modifiers: ['ControlOrMeta'] });
  expect(await storedOn(page)).toEqual([]);
  await gtag(page, 'granted');
  await expect.poll(() => consentOf(page)).toBe('profile');
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
  expect(await eventsOf(page)).toBe(1);
  await leave(page);
  const sent = (): string[] =>
    requests
      .flatMap(({ body }) => (body === '' ? [] : (JSON.parse(body) as { events: Sent[] }).events))
      .map(({ item, kind }) => (kind === 'view' ? `view of ${item}` : kind))
      .filter((kind) => kind !== 'impression');
  await expect.poll(sent).toEqual([`view of ${id}`, 'click']);
});

test('a shopper who agreed is known again, however late the banner says so', async ({ page, context }) => {
  await open(page, 'update=granted');
  await complete(page);
  await look(page);
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
  await page.close();
  for (const late of [100, 1500]) {
    const next = await context.newPage();
    await open(next, 'default=denied');
    await next.waitForTimeout(late);
    await gtag(next, 'granted');
    await expect.poll(() => eventsOf(next)).toBe(1);
    await next.close();
  }
});

test('one call deletes everything, in all tabs, until the shop says otherwise', async ({ page, context }) => {
  await open(page, 'update=granted');
  const other = await context.newPage();
  await open(other, 'update=granted');
  await complete(page);
  await look(other);
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
  await page.evaluate(() => (globalThis as unknown as Shop).shop.forget());
  await expect.poll(() => storedOn(page)).toEqual([]);
  await look(page);
  await look(other);
  await gtag(page, 'granted');
  await page.waitForTimeout(1500);
  expect(await storedOn(page)).toEqual([]);
  expect(await consentOf(other)).toBe('none');
  await page.evaluate(() => (globalThis as unknown as Shop).shop.setConsent('profile'));
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
});

test('Global Privacy Control: no profile and no events, whatever else is granted', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  const requests = await open(page, 'update=granted');
  await shopAround(page);
  await leave(page);
  await page.waitForTimeout(500);
  expect(await consentOf(page)).toBe('cache');
  expect(await databases(page)).toEqual(['IndexedDB evershelf-catalogue']);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a consent platform with IAB TCF says by its purposes what is kept', async ({ context }) => {
  const page = await withPlatform(context);
  await open(page, '');
  expect(await consentOf(page)).toBe('none');
  const say = (purposes: number[]): Promise<void> =>
    page.evaluate(
      (agreed) => (globalThis as unknown as { say(agreed: number[]): void }).say(agreed),
      purposes,
    );
  await say([1]);
  await expect.poll(() => consentOf(page)).toBe('cache');
  await say([1, 5, 6, 8]);
  await expect.poll(() => consentOf(page)).toBe('profile');
  await look(page);
  await expect.poll(() => databases(page)).toContain('IndexedDB evershelf-profile');
  await say([]);
  expect(await consentOf(page)).toBe('none');
  await expect.poll(() => storedOn(page)).toEqual([]);
});

/** A page with a consent platform that has not answered yet. */
async function withPlatform(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const listeners: ((data: object, success: boolean) => void)[] = [];
    Object.assign(globalThis, {
      __tcfapi(command: string, _: number, callback: (data: object, success: boolean) => void) {
        if (command === 'addEventListener') listeners.push(callback);
      },
      say(agreed: number[]) {
        const consents = Object.fromEntries(agreed.map((purpose) => [purpose, true]));
        for (const listener of listeners)
          listener({ gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents } }, true);
      },
    });
  });
  return page;
}

/** The rows of a table of docs/privacy.md; `*` stands for anything, `<page>` for a number. */
function rowsOf(column: string, read: (cells: string[]) => Omit<Row, 'pattern'>): Row[] {
  return tableOf('docs/privacy.md', column).map((cells) => {
    const row = read(cells.map((cell) => cell.replaceAll('`', '')));
    const escaped = row.text.replaceAll(/[.+?^${}()|[\]\\/-]/g, String.raw`\$&`);
    const pattern = escaped.replaceAll('*', '.*').replaceAll('<page>', String.raw`\d+`);
    return { ...row, pattern: new RegExp(`^${pattern}$`) };
  });
}

function namesOf(stored: readonly Stored[]): string[] {
  return stored.map(({ where, key }) => `${where} ${key}`);
}

function missing(rows: readonly Row[], names: readonly string[]): string[] {
  return rows.filter(({ pattern }) => !names.some((name) => pattern.test(name))).map(({ text }) => text);
}
