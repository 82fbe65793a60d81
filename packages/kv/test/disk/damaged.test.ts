import { copyFile, mkdtemp, open, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../trainer/src/train/random.ts';
import { type Key, lmdbStore, type Store } from '../../src/index.ts';
import { damageOf } from '../../src/stores/lmdb/damageOf.ts';
import { evershelfServe } from '../evershelfServe.ts';
import { tempFolder } from '../tempFolder.ts';

const PAGE = 4096;
const KEYS = Array.from({ length: 600 }, (_, i): Key => [`item/${i % 8}`, `${i}`]);
/** Values of many lengths, some longer than a page. */
const value = (i: number, version: number): object => ({
  version,
  text: 'ä'.repeat(i % 50 === 0 ? 9000 : i),
});

/** A file of LMDB with branches, leaves, long values and free pages. */
async function made(folder: string): Promise<string> {
  const file = join(folder, 'items.mdb');
  const store = await lmdbStore(file);
  for (const version of [1, 2, 3])
    await store.putMany(
      KEYS.slice(0, 300 * version).map((key, i) => [key, value(i, version)] as const),
      version,
    );
  await store.deleteMany(KEYS.slice(0, 40));
  await store.close();
  return file;
}

async function overwrite(file: string, page: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, page * PAGE);
  await handle.close();
}

const contentOf = async (store: Store): Promise<unknown[]> => await store.getMany(KEYS);

describe('a file of LMDB that is damaged', { timeout: 120_000 }, () => {
  let folder: string;
  let file: string;
  let pages: number;
  let content: unknown[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evershelf-kv-'));
    file = await made(folder);
    pages = (await stat(file)).size / PAGE;
    const store = await lmdbStore(file);
    content = await contentOf(store);
    await store.close();
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Opens a copy that was damaged: what it says, or undefined where it opens and holds what it held. */
  const openDamaged = async (damage: (copy: string) => Promise<void>): Promise<string | undefined> => {
    const copy = join(await tempFolder(), 'items.mdb');
    await copyFile(file, copy);
    await damage(copy);
    const before = await readFile(copy);
    try {
      const store = await lmdbStore(copy);
      try {
        expect(await contentOf(store)).toEqual(content);
        return undefined;
      } finally {
        await store.close();
      }
    } catch (error) {
      expect((await readFile(copy)).equals(before)).toBe(true);
      return (error as Error).message;
    }
  };
  const REFUSED =
    /items\.mdb: found it damaged \(.+\), wanted it as it was written; nothing was changed: put a copy of it back, or move it away and publish the shop again$/;

  /** Inside of a long value nothing says where it ends, and its text is not JSON. */
  const RECORD = /^found a record that is damaged, wanted it as it was written; put a copy of the file back$/;

  it('is as it was written where nothing is wrong with it', async () => {
    expect(await damageOf(file)).toBeUndefined();
    expect(pages).toBeGreaterThan(60);
  });

  it('is refused by each page that is overwritten and in use, and left as it is', async () => {
    const random = seededRandom(1);
    let refused = 0;
    for (let page = 0; page < pages; page += 5) {
      const noise = Uint8Array.from({ length: PAGE }, () => 256 * random());
      const said = await openDamaged((copy) => overwrite(copy, page, noise));
      if (said === undefined) continue;
      refused++;
      expect(said).toMatch(said.includes('found a record') ? RECORD : REFUSED);
    }
    // Pages that are free hold nothing to lose.
    expect(refused).toBeGreaterThan(pages / 5 / 2);
  });

  it.each([
    ['zeros', 0],
    ['ones', 255],
  ])('is refused where its pages are %s', async (_, byte) => {
    for (const page of [0, 1, 2, 3, 4, 5])
      expect(
        (await openDamaged((copy) => overwrite(copy, page, new Uint8Array(PAGE).fill(byte)))) ?? 'free',
      ).toMatch(/found it damaged|^free$/);
  });

  it('is refused where it was cut short', async () => {
    for (const bytes of [1, 100, PAGE, 2 * PAGE, (pages - 3) * PAGE + 7, (pages / 2) * PAGE])
      expect(await openDamaged((copy) => truncate(copy, bytes))).toMatch(REFUSED);
  });

  it('is never read outside of its pages, whatever number in it is another', async () => {
    const random = seededRandom(2);
    for (let turn = 0; turn < 60; turn++) {
      const page = Math.floor(random() * pages);
      // Headers, pointers and the first nodes: where the numbers are.
      const at = Math.floor(random() * 64);
      const noise = Uint8Array.from({ length: 1 + Math.floor(random() * 4) }, () => 256 * random());
      const copy = join(await tempFolder(), 'items.mdb');
      await copyFile(file, copy);
      const handle = await open(copy, 'r+');
      await handle.write(noise, 0, noise.length, page * PAGE + at);
      await handle.close();
      const store = await lmdbStore(copy).catch((error: Error) => {
        expect(error.message).toMatch(REFUSED);
      });
      // A text in it may be another; a process that reads it lives on.
      await store?.getMany(KEYS).catch(() => {});
      for (const group of ['item/0', 'item/7'])
        if (store !== undefined)
          try {
            for await (const record of store.scan(group)) expect(record).toHaveLength(2);
          } catch {}
      await store?.close();
    }
  });

  it('is what the command says, and ends by', async () => {
    const data = await tempFolder();
    const copy = join(data, 'items.mdb');
    await copyFile(file, copy);
    await truncate(copy, 20 * PAGE);
    const { ended, text } = evershelfServe('--port', '0', '--data', data);
    expect(await ended).toBe(1);
    expect(text()).toMatch(
      /^evershelf-serve: .*items\.mdb: found it damaged \(it ends before its page \d+\), wanted/m,
    );
  });
});
