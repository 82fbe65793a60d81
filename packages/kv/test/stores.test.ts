import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lmdbStore, memoryStore } from '../src/index.ts';
import { storeContract } from './storeContract.ts';
import { tempFolder } from './tempFolder.ts';

describe('memoryStore', () => {
  storeContract(async () => memoryStore());
});

describe('lmdbStore', () => {
  storeContract(async () => lmdbStore(join(await tempFolder(), 'made/on/the/way/items.mdb')));

  it('holds its entries after it was closed and opened again', async () => {
    const file = join(await tempFolder(), 'items.mdb');
    const first = await lmdbStore(file);
    await first.putMany(
      [
        [['group', 'a'], { n: 1 }],
        [['group', 'b'], { n: 2 }],
      ],
      7,
    );
    await first.deleteMany([['group', 'b']]);
    await first.close();
    const second = await lmdbStore(file);
    expect(
      await second.getMany([
        ['group', 'a'],
        ['group', 'b'],
      ]),
    ).toEqual([{ n: 1 }, undefined]);
    expect(await second.putMany([[['group', 'a'], { n: 3 }]], 7)).toEqual([false]);
    await second.close();
  });

  it('says which file cannot be opened', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'file'), 'no folder');
    await expect(lmdbStore(join(folder, 'file/items.mdb'))).rejects.toThrow(
      /file\/items\.mdb: could not be opened .* wanted a folder that this user can write/,
    );
  });
});
