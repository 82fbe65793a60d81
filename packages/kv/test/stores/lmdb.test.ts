import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lmdbStore } from '../../src/index.ts';
import { tempFolder } from '../tempFolder.ts';
import { storeContract } from './storeContract.ts';
import { sharingContract, survivalContract } from './survivalContract.ts';

describe('lmdbStore', { timeout: 60_000 }, () => {
  const newPlace = async (): Promise<string> => `lmdb:${await tempFolder()}`;
  storeContract(async () => lmdbStore(join(await tempFolder(), 'made/on/the/way/items.mdb')));
  survivalContract(newPlace);
  sharingContract(newPlace);

  it('says which file cannot be opened', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'file'), 'no folder');
    await expect(lmdbStore(join(folder, 'file/items.mdb'))).rejects.toThrow(
      /file\/items\.mdb: could not be opened .* wanted a folder that this user can write/,
    );
  });
});
