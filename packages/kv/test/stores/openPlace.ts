import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import { openStore, type Store, unstorageStore } from '../../src/index.ts';

/** Opens the store of an address, or with `files:FOLDER` that of unstorage's files. */
export async function openPlace(address: string): Promise<Store> {
  if (!address.startsWith('files:')) return await openStore(address);
  return unstorageStore(createStorage({ driver: fsDriver({ base: address.slice('files:'.length) }) }));
}
