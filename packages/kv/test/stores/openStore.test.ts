import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/index.ts';
import { tempFolder } from '../tempFolder.ts';

describe('openStore', () => {
  it('opens a store in memory', async () => {
    const store = await openStore('memory');
    expect(await store.putMany([[['group', 'a'], { n: 1 }]], 1)).toEqual([true]);
    await store.close();
  });

  it('opens LMDB in a folder, whatever its name', async () => {
    const folder = join(await tempFolder(), 'a shop? & more');
    const store = await openStore(`lmdb:${folder}`);
    await store.putMany([[['group', 'a'], { n: 1 }]], 1);
    await store.close();
    const again = await openStore(`lmdb:${folder}`);
    expect(await again.getMany([['group', 'a']])).toEqual([{ n: 1 }]);
    await again.close();
  });

  it('opens what a module gives', async () => {
    const file = join(await tempFolder(), 'store.mjs');
    await writeFile(file, 'export default async () => ({ getMany: async () => [{ from: "module" }] });');
    const store = await openStore(`module:${file}`);
    expect(await store.getMany([['group', 'a']])).toEqual([{ from: 'module' }]);
  });

  it.each([
    ['', 'store: found , wanted memory, lmdb:FOLDER, redis://HOST:PORT'],
    ['lmdb:', 'store: found lmdb:, wanted'],
    ['postgres://me:secret@host', 'store: found postgres://host, wanted'],
    ['redis:host', 'redis:host: found no address of Redis, wanted redis://HOST:PORT'],
    ['redis://host?prefx=a', 'store: found the option prefx, wanted any of prefix, replicas, patience'],
    ['redis://:open?sesame@host', 'store: found an option that is none, wanted any of prefix'],
    ['redis://host?replicas=some', 'replicas NaN and patience 5000, wanted'],
    ['dynamodb://', 'store: found dynamodb://, wanted'],
    ['dynamodb://shop?table=a', 'store: found the option table, wanted any of region, endpoint, createTable'],
    ['dynamodb://shop?createTable=no', 'store: found createTable=no, wanted true or false'],
    ['module:./nowhere.mjs', './nowhere.mjs: could not be loaded'],
  ])('refuses %j', async (address, message) => {
    const error = await openStore(address).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'ServiceError' });
    expect((error as Error).message).toContain(message);
  });

  it('refuses a module that opens nothing', async () => {
    const file = join(await tempFolder(), 'store.mjs');
    await writeFile(file, 'export default {};');
    await expect(openStore(`module:${file}`)).rejects.toThrow(
      'found a default export of type object, wanted a function that opens a store',
    );
  });
});
