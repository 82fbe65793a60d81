import { copyFile, mkdtemp, open, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../trainer/src/train/random.ts';
import { type Key, lmdbStore, type Store } from '../../src/index.ts';
import { damageOf } from '../../src/stores/lmdb/damageOf.ts';
import { startedService } from '../startedService.ts';
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

async function overwrite(file: string, page: number, bytes: Uint8Array, at = 0): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, page * PAGE + at);
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

  const LOST =
    'found a part of the store that is damaged, wanted it as it was written; put a copy of the file back';
  /** Inside of a long value nothing says where it ends, and its text is not JSON. */
  const RECORD = 'found a record that is damaged, wanted it as it was written; put a copy of the file back';

  /** Opens a copy that was damaged: how many records it reads, as they were, and what it says of the others and of writes. */
  const openDamaged = async (
    damage: (copy: string) => Promise<void>,
  ): Promise<{ read: number; said: Set<string> }> => {
    const copy = join(await tempFolder(), 'items.mdb');
    await copyFile(file, copy);
    await damage(copy);
    const before = await readFile(copy);
    const said = new Set<string>();
    const tell = ({ message }: Error): void => void said.add(message.replace(/.*items\.mdb: /, ''));
    const store = await lmdbStore(copy).catch(tell);
    if (store === undefined) {
      expect((await readFile(copy)).equals(before)).toBe(true);
      return { read: 0, said };
    }
    let read = 0;
    for (const [i, key] of KEYS.entries()) {
      const found = await store.getMany([key]).catch(tell);
      if (found === undefined) continue;
      expect(found).toEqual([content[i]]);
      read++;
    }
    for (let group = 0; group < 8; group++)
      try {
        for await (const [name, value] of store.scan(`item/${group}`))
          expect(value).toEqual(content[Number(name)]);
      } catch (error) {
        tell(error as Error);
      }
    if (said.has(LOST)) {
      await store.putMany([[['other', 'key'], {}]], 1).catch(tell);
      expect((await readFile(copy)).equals(before)).toBe(true);
    }
    await store.close();
    return { read, said };
  };
  const REFUSED =
    /^found it damaged \(.+\), wanted it as it was written; nothing was changed: put a copy of it back, or move it away and publish the shop again$/;
  const READ_ONLY =
    'found a store that is damaged, wanted one that is whole; nothing is written until a copy of the file is put back';

  it('is as it was written where nothing is wrong with it', async () => {
    expect(await damageOf(file)).toBeUndefined();
    expect(pages).toBeGreaterThan(60);
  });

  it('is read where it is whole, refused where it is not, and written to no more, whichever page is overwritten', async () => {
    const random = seededRandom(1);
    const outcomes = { refused: 0, partly: 0, wholly: 0 };
    for (let page = 0; page < pages; page += 9) {
      const noise = Uint8Array.from({ length: PAGE }, () => 256 * random());
      const { read, said } = await openDamaged((copy) => overwrite(copy, page, noise));
      if (read === 0) {
        outcomes.refused++;
        expect([...said].every((each) => REFUSED.test(each))).toBe(true);
      } else if (said.size === 0) {
        outcomes.wholly++;
        expect(read).toBe(KEYS.length);
      } else {
        outcomes.partly++;
        expect([LOST, READ_ONLY, RECORD]).toEqual(expect.arrayContaining([...said]));
        expect(read).toBeGreaterThan(KEYS.length / 2);
      }
    }
    // Pages that are free hold nothing to lose; without the root nothing is found.
    expect(Math.min(outcomes.refused, outcomes.partly, outcomes.wholly)).toBeGreaterThan(0);
  });

  it.each([
    ['zeros', 0],
    ['ones', 255],
  ])('is refused where its first pages are %s', async (_, byte) => {
    for (const page of [0, 1]) {
      const { said } = await openDamaged((copy) => overwrite(copy, page, new Uint8Array(PAGE).fill(byte)));
      expect([...said].join()).toMatch(REFUSED);
    }
  });

  it('says so where it was cut short, and reads no page that is gone', async () => {
    for (const bytes of [1, 100, PAGE, 2 * PAGE, (pages - 3) * PAGE + 7, (pages / 2) * PAGE]) {
      const { read, said } = await openDamaged((copy) => truncate(copy, bytes));
      expect(said.size).toBeGreaterThan(0);
      expect(read).toBeLessThan(KEYS.length);
    }
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
      await overwrite(copy, page, noise, at);
      const store = await lmdbStore(copy).catch(({ message }: Error) => {
        expect(message.replace(/.*items\.mdb: /, '')).toMatch(REFUSED);
      });
      // A text in it may be another; a process that reads it lives on.
      for (const key of KEYS) await store?.getMany([key]).catch(() => {});
      for (const group of ['item/0', 'item/7'])
        if (store !== undefined)
          try {
            for await (const record of store.scan(group)) expect(record).toHaveLength(2);
          } catch {}
      await store?.close();
    }
  });

  it('is served where it is whole', async () => {
    const data = await tempFolder();
    const copy = join(data, 'items.mdb');
    const ids = Array.from({ length: 2000 }, (_, i) => `${i}`);
    const first = await startedService({ store: lmdbStore(copy) });
    for (let at = 0; at < ids.length; at += 1000)
      await first.put(ids.slice(at, at + 1000).map((id) => ({ id, title: 'x'.repeat(500) })));
    await first.close();
    const whole = await readFile(copy);
    const isOfItems = (key: Buffer | undefined): boolean =>
      key?.toString('latin1').startsWith('item/') === true;
    for (let page = 2; ; page++) {
      await overwrite(copy, page, new Uint8Array(PAGE).fill(7));
      const damage = await damageOf(copy);
      if (damage?.lost.length === 1 && isOfItems(damage.lost[0]!.before) && isOfItems(damage.lost[0]!.to))
        break;
      await overwrite(copy, page, whole.subarray(page * PAGE, (page + 1) * PAGE));
    }
    const service = await startedService({ store: lmdbStore(copy), report: () => {} });
    const statuses: number[] = [];
    for (let page = 0; page < 256; page++) {
      const { status, body } = await service.get(`/v1/pages/${page}`);
      statuses.push(status);
      if (status !== 200) expect([status, body.error]).toEqual([503, LOST]);
    }
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(200);
    expect(statuses).toContain(503);
    expect(await service.put([{ id: 'new' }])).toMatchObject({ status: 503, body: { error: READ_ONLY } });
  });

  it('is what the command says, and ends by, where nothing is whole', async () => {
    const data = await tempFolder();
    const copy = join(data, 'items.mdb');
    await copyFile(file, copy);
    await truncate(copy, 3 * PAGE);
    const { ended, text } = evershelfServe('--port', '0', '--data', data);
    expect(await ended).toBe(1);
    expect(text()).toMatch(
      /^evershelf-serve: .*items\.mdb: found it damaged \(it ends before its page \d+\), wanted/m,
    );
  });
});
