import { spawnSync } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryStore, type RunningService, startService } from '@evershelf/kv';
import {
  type ChangesAnswer,
  type Item,
  packLive,
  type PageAnswer,
  pageOf,
  unpackLive,
} from '@evershelf/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { publish as command, type PublishOptions } from '../src/commands/publish.ts';
import { rss, tsv } from './feedOf.ts';
import { folderWith } from './syntheticShop.ts';

let path: (name: string) => string;
let service: RunningService;

beforeAll(async () => {
  path = await folderWith({});
  service = await startService({ store: memoryStore(), token: 'secret', port: 0 });
});
afterAll(() => service.close());

/** Publishes a feed; what it printed, and what it complained of. */
async function publish(
  to: string,
  feed: string,
  more: Partial<PublishOptions> = {},
): Promise<{ out: string; err: string }> {
  await writeFile(path('feed'), feed);
  const [out, err] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const each of [out, err]) each.mockImplementation(() => {});
  const texts = (spy: typeof out): string => spy.mock.calls.flat().join('\n');
  try {
    await command({ feed: [path('feed')], map: {}, to, token: 'secret', ...more });
    return { out: texts(out), err: texts(err) };
  } catch (error) {
    return { out: texts(out), err: (error as Error).message };
  } finally {
    for (const each of [out, err]) each.mockRestore();
  }
}

const feedOf = (...items: [string, string][]): string =>
  rss(...items.map(([id, title]) => `<g:id>${id}</g:id><g:title>${title}</g:title>`));
const shop = (count: number, title = 'Thing'): [string, string][] =>
  Array.from({ length: count }, (_, k) => [`sku-${k}`, `${title} ${k}`]);

/** What a service or a folder holds, by ids. */
type Holds = () => Promise<Map<string, Item>>;
const ofService: Holds = async () => {
  const read = async <T>(name: string) => (await (await fetch(`${service.url}/v1/${name}`)).json()) as T;
  const { changed } = await read<ChangesAnswer>('changes');
  const pages = await Promise.all(changed.map((page) => read<PageAnswer>(`pages/${page}`)));
  return new Map(pages.flatMap(({ items }) => items.map(({ item }) => [item.id, item])));
};
const folder = (): string => path('kv');
const ofFolder: Holds = async () => {
  const pages = Array.from({ length: 256 }, async (_, page) => {
    const { items } = JSON.parse(await readFile(join(folder(), `v1/pages/${page}`), 'utf8')) as PageAnswer;
    return items.map(({ item }) => [item.id, item] as const);
  });
  return new Map((await Promise.all(pages)).flat());
};

describe.each([
  ['a service', () => service.url, ofService],
  ['a static folder', folder, ofFolder],
] as const)('evershelf publish --feed to %s', (_, to, holds) => {
  it('makes it hold what the feed has', async () => {
    expect((await publish(to(), feedOf(...shop(20)))).out).toBe(
      `${to()}: 20 new, 0 changed, 0 gone, 0 unchanged, 0 refused`,
    );
    expect(await holds()).toEqual(new Map(shop(20).map(([id, title]) => [id, { id, title }])));
  });

  it('sends nothing where nothing changed', async () => {
    const revision = async (): Promise<number> => {
      const text = to().startsWith('http')
        ? await (await fetch(`${to()}/v1/changes`)).text()
        : await readFile(join(to(), 'v1/changes'), 'utf8');
      return (JSON.parse(text) as ChangesAnswer).revision;
    };
    const before = await revision();
    expect(before).toBeGreaterThan(0);
    expect((await publish(to(), feedOf(...shop(20)))).out).toContain(
      '0 new, 0 changed, 0 gone, 20 unchanged',
    );
    expect(await revision()).toBe(before);
  });

  it('puts what is new or changed, and deletes what left', async () => {
    const feed = feedOf(...shop(18).slice(1), ['sku-0', 'Another thing'], ['sku-new', 'New']);
    expect((await publish(to(), feed)).out).toContain('1 new, 1 changed, 2 gone, 17 unchanged, 0 refused');
    const held = await holds();
    expect([held.get('sku-0')?.title, held.get('sku-new')?.title, held.has('sku-19'), held.size]).toEqual([
      'Another thing',
      'New',
      false,
      19,
    ]);
  });

  it('leaves an item as it is where its row cannot be read, and says so', async () => {
    const rows = [...(await holds()).values()].map(({ id, title }) => [id, id === 'sku-3' ? '' : title!]);
    const { out, err } = await publish(
      to(),
      tsv(['id', 'title'], ...rows, ['', 'No id'], ['sku-4', 'Again']),
    );
    expect(out).toContain('0 new, 0 changed, 0 gone, 18 unchanged, 3 refused');
    const line = rows.findIndex(([id]) => id === 'sku-3') + 2;
    expect(err).toContain(
      `feed: items without a title, left out: 1; first in line ${line}: item sku-3, title: found none`,
    );
    expect(err).toContain('items with the id of an earlier one, left out: 1; first in line 22: sku-4');
    expect((await holds()).get('sku-3')).toEqual({ id: 'sku-3', title: 'Thing 3' });
  });

  it('leaves out what cannot be read of an item, and says so', async () => {
    const rows = [...(await holds()).values()].map(({ id, title }) => [
      id,
      title!,
      id === 'sku-3' ? '?' : '',
    ]);
    const { out, err } = await publish(to(), tsv(['id', 'title', 'price'], ...rows));
    expect(out).toContain('0 new, 0 changed, 0 gone, 19 unchanged, 0 refused');
    expect(err).toMatch(
      /feed: values of price that cannot be read, left out: 1; first in line \d+: item sku-3, price: found "\?"/,
    );
  });

  it('refuses a feed that lost more than half of the shop, but where it is told to', async () => {
    const { out, err } = await publish(to(), feedOf(...shop(5)));
    expect(out).toBe('');
    expect(err).toMatch(/feed: found 14 of the shop's 19 items gone, wanted at most half.*--force/);
    expect((await holds()).size).toBe(19);
    expect((await publish(to(), feedOf(...shop(5)), { force: true })).out).toContain('14 gone, 4 unchanged');
    expect((await holds()).size).toBe(5);
  });

  it.each([
    [
      'that is cut off',
      feedOf(...shop(50, 'Other')).slice(0, -60),
      'wanted all elements closed: it seems cut off',
    ],
    ['without an item', feedOf(), 'found no item in it, wanted a shop; nothing was published'],
  ])('publishes nothing of a feed %s', async (_name, feed, message) => {
    const before = await holds();
    const { out, err } = await publish(to(), feed, { force: true });
    expect([out, err]).toEqual(['', expect.stringContaining(message)]);
    expect(await holds()).toEqual(before);
  });
});

describe('evershelf publish --feed', () => {
  it('keeps what a static folder counted of the items that stay', async () => {
    const counted = unpackLive(await readFile(join(folder(), 'v1/live')), 256)!;
    const page = pageOf('sku-1', 256);
    counted[page]!.bytes.fill(9);
    await writeFile(join(folder(), 'v1/live'), packLive(counted));
    await publish(folder(), feedOf(...shop(5), ['sku-fresh', 'Fresh']));
    const after = unpackLive(await readFile(join(folder(), 'v1/live')), 256)!;
    expect(after[page]!.bytes).toEqual(counted[page]!.bytes);
  });

  it('goes on from a folder that a killed run had just taken away', async () => {
    const before = await readFile(join(folder(), 'v1/live'));
    await rename(folder(), path(`.kv.${spawnSync(process.execPath, ['--version']).pid}.old`));
    const { out } = await publish(folder(), feedOf(...shop(5), ['sku-fresh', 'Fresh']));
    expect(out).toContain('0 new, 0 changed, 0 gone, 6 unchanged');
    expect(await readFile(join(folder(), 'v1/live'))).toEqual(before);
  });

  it.each([
    [{ items: ['x.csv'] }, 'found --feed with --items, wanted one of them'],
    [{ artifact: 'x' }, 'found --feed with --artifact, wanted one of them'],
  ])('stands alone: %j', async (more, message) => {
    expect((await publish(folder(), feedOf(...shop(5)), more)).err).toContain(message);
  });
});
