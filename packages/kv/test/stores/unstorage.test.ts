import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import { describe, expect, it } from 'vitest';
import { type Store, unstorageStore } from '../../src/index.ts';
import { tempFolder } from '../tempFolder.ts';
import { storeContract } from './storeContract.ts';
import { survivalContract } from './survivalContract.ts';

describe('unstorageStore', () => {
  describe('in memory', () => {
    storeContract(async () => unstorageStore(createStorage()));
  });

  describe('in files', { timeout: 60_000 }, () => {
    const inFiles = (base: string): Store => unstorageStore(createStorage({ driver: fsDriver({ base }) }));
    storeContract(async () => inFiles(await tempFolder()));
    survivalContract(async () => `files:${await tempFolder()}`);

    /** A store with a record that was written at versions 1 and 2, the second time not to its end. */
    const torn = async (): Promise<{ base: string; file: string; store: Store }> => {
      const base = await tempFolder();
      const store = inFiles(base);
      for (const version of [1, 2]) await store.putMany([[['group', 'a'], { version }]], version);
      const name = (await readdir(join(base, 'group'))).find((each) => !each.endsWith('.before'))!;
      const file = join(base, 'group', name);
      await truncate(file, 20);
      return { base, file, store };
    };

    it('takes a record that was not written to its end for what it was before', async () => {
      const { store, file } = await torn();
      expect(await store.getMany([['group', 'a']])).toEqual([{ version: 1 }]);
      await writeFile(file, '');
      expect(await store.getMany([['group', 'a']])).toEqual([{ version: 1 }]);
      for await (const record of store.scan('group')) expect(record).toEqual(['a', { version: 1 }]);
    });

    it('keeps what it was before until it is whole again', async () => {
      const { base, store } = await torn();
      const before = (await readdir(join(base, 'group'))).find((each) => each.endsWith('.before'));
      const text = await readFile(join(base, 'group', before!), 'utf8');
      expect(await store.putMany([[['group', 'a'], { version: 2 }]], 2)).toEqual([true]);
      expect(await store.getMany([['group', 'a']])).toEqual([{ version: 2 }]);
      expect(await readFile(join(base, 'group', before!), 'utf8')).toBe(text);
    });

    it('takes a first record that was not written to its end for none', async () => {
      const { base, file, store } = await torn();
      await store.deleteMany([['group', 'a']]);
      expect(await readdir(join(base, 'group'))).toEqual([]);
      await writeFile(file, '{"name":"a","ver');
      expect(await store.getMany([['group', 'a']])).toEqual([undefined]);
      expect(await store.putMany([[['group', 'a'], { version: 1 }]], 1)).toEqual([true]);
    });
  });
});
