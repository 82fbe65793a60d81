import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Key, Store } from '../../src/index.ts';
import { openPlace } from './openPlace.ts';
import { startWriter } from './startWriter.ts';

interface Written {
  readonly by: string;
  readonly version: number;
  readonly text: string;
  readonly ends: number;
}

/** What a store does that outlives its process. `newPlace` gives the address of an empty one, for `openPlace`. */
export function survivalContract(newPlace: () => Promise<string>): void {
  const opened = async (place: string): Promise<Store> => {
    const store = await openPlace(place);
    onTestFinished(() => store.close());
    return store;
  };
  const records = async (store: Store): Promise<Written[]> => {
    const found: Written[] = [];
    for (const group of ['item/0', 'item/1', 'item/2', 'item/3'])
      for await (const [, value] of store.scan(group)) found.push(value as Written);
    return found;
  };

  it('holds its records and their versions after it was closed and opened again', async () => {
    const place = await newPlace();
    const [a, b]: Key[] = [
      ['group', 'ä\ud800'],
      ['group', 'b'],
    ];
    const first = await openPlace(place);
    await first.putMany([[a!, { n: 1 }] as const, [b!, { n: 2 }] as const], 7);
    await first.deleteMany([b!]);
    await first.close();
    const second = await opened(place);
    expect(await second.getMany([a!, b!])).toEqual([{ n: 1 }, undefined]);
    expect(await second.putMany([[a!, { n: 3 }] as const, [b!, { n: 4 }] as const], 7)).toEqual([
      false,
      true,
    ]);
  });

  it('holds what it acknowledged, and each record whole, when its process is killed in the middle of a write', async () => {
    const place = await newPlace();
    let from = 1;
    for (const delay of [0, 7, 13]) {
      const writer = startWriter(place, from);
      await writer.reaches(5);
      await pause(delay);
      await writer.kill();
      const acknowledged = writer.told.at(-1)!.version;
      const store = await opened(place);
      const found = await records(store);
      expect(found).toHaveLength(40);
      for (const { version, text, ends } of found) {
        expect(version).toBeGreaterThanOrEqual(acknowledged);
        expect(version).toBeLessThanOrEqual(acknowledged + 1);
        expect(text.length).toBe(ends);
        expect(text.replaceAll(String(version), '')).toBe('');
      }
      from = acknowledged + 1;
    }
  });
}

/** What a store does that several processes may write to at once. */
export function sharingContract(newPlace: () => Promise<string>): void {
  it('tells one of two processes that it wrote a record at a version', async () => {
    const place = await newPlace();
    const writers = [startWriter(place, 1, 'one'), startWriter(place, 1, 'other')];
    onTestFinished(async () => void (await Promise.all(writers.map((writer) => writer.kill()))));
    await Promise.all(writers.map((writer) => writer.reaches(20)));
    await Promise.all(writers.map((writer) => writer.kill()));
    const [one, other] = writers.map(
      ({ told }) => new Map(told.map(({ version, written }) => [version, written])),
    );
    for (let version = 1; version <= 20; version++)
      one!.get(version)!.forEach((written, i) => {
        expect([written, other!.get(version)![i]].filter(Boolean)).toHaveLength(1);
      });
  });
}
