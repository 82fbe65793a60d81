import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { launchOptions } from '../../packages/sdk/test/launchOptions.ts';
import type { Storefront } from '../../packages/sdk/src/storefront/Storefront.ts';
import { pages } from './addresses.ts';

const run = promisify(execFile);
const log = fileURLToPath(new URL('../.results/shop/grocer/events', import.meta.url));

const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

// The service takes what a browser without a window sends for a robot's. Beacons of a page that is left know the browser's own name alone.
test.use({ launchOptions: launchOptions([`--user-agent=${AGENT}`]) });

/** A line of the service's log. */
interface Line {
  readonly item_id: string;
  readonly event_type: string;
  readonly session_id: string;
  readonly counted?: boolean;
  readonly shelf?: string;
  readonly position?: number;
  readonly model?: string;
  readonly propensity?: number;
  readonly experiment?: string;
  readonly variant?: string;
}
interface Announced {
  readonly event?: string;
  readonly evershelf?: boolean;
  readonly ecommerce: null | {
    readonly item_list_id: string;
    readonly items: readonly {
      readonly item_id: string;
      readonly item_name: string;
      readonly index: number;
    }[];
  };
}
type Shop = typeof globalThis & {
  evershelf: { push(command: (shop: Storefront) => void): void };
  dataLayer?: Announced[];
  goAway(hidden: boolean): void;
};

let names = 0;
/** Opens the page with a name of its own for its shelves. */
async function open(page: Page, said: Readonly<Record<string, string>>): Promise<string> {
  const name = `t${Date.now()}-${names++}`;
  await page.goto(`${pages}/measure.html?${new URLSearchParams({ ...said, shelf: name }).toString()}`);
  await expect(cards(page, 'home')).toHaveCount(4);
  return name;
}
const cards = (page: Page, placement: string) =>
  page.locator(`evershelf-shelf[placement=${placement}] li`).filter({ hasText: /./ });
const announced = (page: Page): Promise<Announced[]> =>
  page.evaluate(() => ((globalThis as Shop).dataLayer ?? []).filter((message) => message.evershelf));
const lists = async (page: Page, event: string): Promise<Announced[]> =>
  (await announced(page)).filter((message) => message.event === event);

/** What the service logged of the shelves of a page, once it is so much. */
async function logged(name: string, count: number): Promise<Line[]> {
  const read = async (): Promise<Line[]> => {
    const files = await readdir(log).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(join(log, file), 'utf8')));
    // The last line may be half written.
    const lines = texts.flatMap((text) => text.split('\n').slice(0, -1));
    return lines.map((line) => JSON.parse(line) as Line).filter(({ shelf }) => shelf?.startsWith(`${name}-`));
  };
  await expect.poll(async () => (await read()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
  return await read();
}

test('a card is seen after a second in the viewport, and told of once', async ({ page }) => {
  const name = await open(page, { events: 'true', layer: '' });
  const opened = Date.now();
  await expect.poll(() => lists(page, 'view_item_list')).toHaveLength(1);
  expect(Date.now() - opened).toBeGreaterThan(500);
  await page.evaluate(() => scrollTo(0, 1));
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(1500);
  expect(await lists(page, 'view_item_list')).toHaveLength(1);
  await page.goto('about:blank');
  const lines = await logged(name, 4);
  expect(lines).toHaveLength(4);
  expect(new Set(lines.map(({ item_id }) => item_id)).size).toBe(4);
  expect(lines.map(({ position }) => position).toSorted()).toEqual([1, 2, 3, 4]);
  for (const line of lines) {
    expect(line).toMatchObject({
      event_type: 'impression',
      counted: false,
      shelf: `${name}-home`,
      propensity: 1,
    });
    expect(line.model).toMatch(/^[0-9a-f]{16}$/);
    expect(line.experiment).toBeUndefined();
    expect(line.session_id).toBe(lines[0]!.session_id);
  }
});

test('nothing is seen while it flies past, nor in a page in the background', async ({ page }) => {
  await page.addInitScript(() => {
    let hidden = true;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    (globalThis as Shop).goAway = (away) => {
      hidden = away;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
  });
  await open(page, { layer: '' });
  await page.waitForTimeout(2000);
  expect(await announced(page)).toEqual([]);
  await page.evaluate(() => (globalThis as Shop).goAway(false));
  await page.waitForTimeout(500);
  await page.evaluate(() => scrollTo(0, 1.2 * innerHeight));
  await page.waitForTimeout(1500);
  expect(await announced(page)).toEqual([]);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => lists(page, 'view_item_list')).toHaveLength(1);
});

test('a card is opened by the keyboard, the middle button and with a modifier key; a button of it is no click', async ({
  page,
}) => {
  const name = await open(page, { events: 'true', layer: '' });
  await cards(page, 'home').nth(3).getByRole('button').click();
  await cards(page, 'home').nth(0).getByRole('link').focus();
  await page.keyboard.press('Enter');
  await cards(page, 'home').nth(1).getByRole('link').click({ button: 'middle' });
  await cards(page, 'home')
    .nth(2)
    .getByRole('link')
    .click({ modifiers: ['ControlOrMeta'] });
  await cards(page, 'home').nth(2).getByRole('link').click();
  await cards(page, 'home').nth(3).getByRole('link').click({ button: 'right' });
  const clicks = await lists(page, 'select_item');
  expect(clicks.map(({ ecommerce }) => ecommerce!.items.map(({ index }) => index))).toEqual([[0], [1], [2]]);
  await page.goto('about:blank');
  const lines = await logged(name, 7);
  const of = (kind: string): (number | undefined)[] =>
    lines.filter(({ event_type }) => event_type === kind).map(({ position }) => position);
  expect(of('click')).toEqual([1, 2, 3]);
  // All four were used, and so were seen.
  expect(of('impression').toSorted()).toEqual([1, 2, 3, 4]);
});

test('the data layer has what GA4 wants of a list and of what was selected in it', async ({ page }) => {
  const name = await open(page, { layer: '' });
  await expect.poll(() => lists(page, 'view_item_list')).toHaveLength(1);
  await cards(page, 'home').nth(1).getByRole('link').click();
  const messages = await announced(page);
  expect(messages.map(({ event, ecommerce }) => event ?? ecommerce)).toEqual([
    null,
    'view_item_list',
    null,
    'select_item',
  ]);
  const [, list, , selected] = messages;
  expect(list!.ecommerce).toMatchObject({ item_list_id: `${name}-home`, item_list_name: `${name}-home` });
  expect(list!.ecommerce!.items.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  for (const item of list!.ecommerce!.items)
    expect(item).toEqual({
      item_id: expect.any(String),
      item_name: expect.any(String),
      index: expect.any(Number),
      price: expect.any(Number),
      item_brand: expect.any(String),
      item_category: expect.any(String),
      item_category2: expect.any(String),
      ...('item_category3' in item ? { item_category3: expect.any(String) } : {}),
    });
  expect(selected!.ecommerce!.items).toEqual([list!.ecommerce!.items[1]]);
});

test('a cart and a purchase belong to the card that led to them, on the next page too where the shopper agreed', async ({
  page,
}) => {
  const name = await open(page, { events: 'true', consent: 'profile' });
  const track = async (kind: string, of: string): Promise<void> =>
    await page.evaluate(
      ([kind, of]) =>
        new Promise<void>((done) =>
          (globalThis as Shop).evershelf.push((shop) => {
            const id =
              of ??
              shop.shelves().find(({ placement }) => placement === 'home')!.cards[1]!.recommended.item.id;
            shop.track({ item: id, kind: kind! });
            document.title = id;
            done();
          }),
        ),
      [kind, of] as const,
    );
  await cards(page, 'home').nth(1).getByRole('link').click();
  await track('cart', undefined as never);
  const id = await page.title();
  await page.reload();
  await expect(cards(page, 'home')).toHaveCount(4);
  await track('purchase', id);
  await track('cart', 'of no shelf');
  await page.goto('about:blank');
  const lines = await logged(name, 4);
  const place = { item_id: id, shelf: `${name}-home`, position: 2 };
  expect(lines.find(({ event_type }) => event_type === 'click')).toMatchObject({ ...place, counted: false });
  expect(lines.filter(({ event_type }) => event_type === 'cart')).toEqual([expect.objectContaining(place)]);
  expect(lines.find(({ event_type }) => event_type === 'purchase')).toMatchObject(place);
  expect(new Set(lines.map(({ session_id }) => session_id)).size).toBe(1);
});

test('nothing is sent where events are off, and nothing kept or announced where nobody wants it', async ({
  page,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/events')) sent.push(request.url());
  });
  await open(page, { layer: '', announce: 'false' });
  await cards(page, 'home').nth(0).getByRole('link').click();
  await page.waitForTimeout(2000);
  expect(await announced(page)).toEqual([]);
  expect(await page.evaluate(() => [Object.keys(sessionStorage), Object.keys(localStorage)])).toEqual([
    [],
    [],
  ]);
  await open(page, {});
  await page.waitForTimeout(2000);
  expect(await page.evaluate(() => 'dataLayer' in globalThis)).toBe(false);
  await open(page, { announce: 'create' });
  await expect.poll(() => lists(page, 'view_item_list')).toHaveLength(1);
  await page.goto('about:blank');
  expect(sent).toEqual([]);
});

test('experiments are logged with their variants and propensities, and the report reads them', async ({
  page,
}) => {
  const name = await open(page, { events: 'true', layer: '' });
  const seen = async (shelf: string): Promise<number> =>
    (await lists(page, 'view_item_list'))
      .filter(({ ecommerce }) => ecommerce!.item_list_id.startsWith(shelf))
      .reduce((sum, { ecommerce }) => sum + ecommerce!.items.length, 0);
  for (const [placement, count] of [
    ['cart', 5],
    ['search', 4],
  ] as const) {
    await page.evaluate(
      (placement) =>
        document
          .querySelector(`evershelf-shelf[placement=${placement}]`)!
          .scrollIntoView({ block: 'center' }),
      placement,
    );
    await expect(cards(page, placement)).toHaveCount(count);
    // All of it: cards whose second began later are seen later.
    await expect.poll(() => seen(`${name}-${placement}`)).toBeGreaterThanOrEqual(count);
  }
  // A card without a link is opened wherever it is clicked.
  await cards(page, 'search')
    .first()
    .click({ position: { x: 20, y: 20 } });
  // Those of the home shelf are among them where the page stood there for a second.
  const told = (await seen(name)) + 1;
  await page.goto('about:blank');
  const lines = await logged(name, told);
  const interleaved = lines.filter(({ shelf }) => shelf === `${name}-cart`);
  expect(interleaved.length).toBeGreaterThanOrEqual(2);
  expect(new Set(interleaved.map(({ variant }) => variant))).toEqual(new Set(['control', 'new']));
  for (const { experiment, propensity } of interleaved) {
    expect(experiment).toBe('cheaper');
    expect(propensity).toBeGreaterThan(0);
    expect(propensity).toBeLessThanOrEqual(1);
  }
  const dealt = lines.filter(({ shelf }) => shelf === `${name}-search`);
  expect(new Set(dealt.map(({ variant }) => variant)).size).toBe(1);
  for (const { propensity } of dealt) expect([0.5, 1]).toContain(propensity);

  const folder = await mkdtemp(join(tmpdir(), 'evershelf-report-'));
  try {
    const cli = fileURLToPath(new URL('../../packages/trainer/src/cli.ts', import.meta.url));
    const shelves = ['cart', 'search'].map((placement) => `${name}-${placement}`);
    const out = ['--out', join(folder, 'report.html'), '--json', join(folder, 'figures.json')];
    await run(process.execPath, [
      '--import',
      'tsx',
      cli,
      'report',
      '--events',
      log,
      ...out,
      '--shelf',
      ...shelves,
    ]);
    const figures = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8')) as {
      all: { impressions: number; clicks: number };
      experiments: { name: string; kind: string }[];
    };
    const count = (kind: string): number =>
      lines.filter(({ event_type, shelf }) => event_type === kind && shelves.includes(shelf!)).length;
    expect(figures.all).toMatchObject({ impressions: count('impression'), clicks: 1 });
    expect(figures.experiments.map(({ name, kind }) => [name, kind])).toEqual([
      ['cheaper', 'interleave'],
      ['dearer', 'split'],
    ]);
    await page.goto(`file://${folder}/report.html`);
    await expect(page.getByRole('heading', { name: 'Experiment cheaper' }).first()).toBeVisible();
    await expect(page.getByRole('img', { name: /CTR by shelf/ })).toBeVisible();
  } finally {
    await rm(folder, { recursive: true });
  }
});
