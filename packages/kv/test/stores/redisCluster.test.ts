import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Key, redisStore, type Store } from '../../src/index.ts';
import { describeWith } from '../servers/describeWith.ts';
import { missingRedis } from '../servers/missingRedis.ts';
import { type RedisCluster, startRedisCluster } from '../servers/startRedisCluster.ts';
import { storeContract } from './storeContract.ts';
import { sharingContract, survivalContract } from './survivalContract.ts';

describeWith(missingRedis(), 'redisStore of a cluster', () => {
  let cluster: RedisCluster;
  let places = 0;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  }, 60_000);
  afterAll(() => cluster.stop());

  const newPlace = async (): Promise<string> => `${cluster.url}?prefix=place${places++}&replicas=1`;
  describe('that asks the masters alone', () => {
    storeContract(() => redisStore(cluster.url, { prefix: `store${places++}` }));
  });
  describe('that waits for a replica', () => {
    storeContract(() => redisStore(cluster.url, { prefix: `store${places++}`, replicas: 1 }));
  });
  survivalContract(newPlace);
  sharingContract(newPlace);

  const opened = async (...args: Parameters<typeof redisStore>): Promise<Store> => {
    const store = await redisStore(...args);
    onTestFinished(() => store.close());
    return store;
  };
  /** Writes to 16 groups, a version after the other, until it is told to stop: what was acknowledged last, and whatever failed. */
  const writing = (store: Store): { stop(): Promise<{ acknowledged: number; failed: Error[] }> } => {
    const end = new AbortController();
    let acknowledged = 0;
    const failed: Error[] = [];
    const run = async (): Promise<void> => {
      for (let version = 1; !end.signal.aborted; version++) {
        const entries = groups.map((group) => [[group, 'ä'] as Key, { version }] as const);
        try {
          if ((await store.putMany(entries, version)).every(Boolean)) acknowledged = version;
        } catch (error) {
          failed.push(error as Error);
          await pause(100);
        }
      }
    };
    const running = run();
    const stop = async (): Promise<{ acknowledged: number; failed: Error[] }> => {
      end.abort();
      await running;
      return { acknowledged, failed };
    };
    onTestFinished(async () => void (await stop()));
    return { stop };
  };
  const groups = Array.from({ length: 16 }, (_, i) => `item/${i}`);
  const versions = async (store: Store): Promise<number[]> => {
    const values = await store.getMany(groups.map((group) => [group, 'ä'] as const));
    return values.map((value) => (value as { version: number }).version);
  };

  it('spreads groups over the nodes', async () => {
    const store = await opened(cluster.url, { prefix: 'spread' });
    await store.putMany(
      groups.map((group) => [[group, 'a'], {}] as const),
      1,
    );
    const masters = await Promise.all(groups.map((group) => cluster.masterOf(`spread:{${group}}`)));
    expect(new Set(masters.map(({ port }) => port)).size).toBe(3);
  });

  it.each([0, 1])('goes on while a slot moves to another node, with %i replicas', async (replicas) => {
    const prefix = `move${replicas}`;
    const store = await opened(cluster.url, { prefix, replicas });
    const writer = writing(store);
    const key = `${prefix}:{item/0}`;
    await expect.poll(() => versions(store).catch(() => [])).not.toEqual([]);
    await cluster.moveSlot(key);
    const there = (await versions(store))[0]!;
    await expect.poll(async () => (await versions(store))[0]!).toBeGreaterThan(there + 5);
    const { acknowledged, failed } = await writer.stop();
    expect(failed).toEqual([]);
    expect(await versions(store)).toEqual(groups.map(() => acknowledged));
  });

  it(
    'goes on after a master was killed, and has lost nothing that a replica acknowledged',
    { timeout: 120_000 },
    async () => {
      const careful = await opened(cluster.url, { prefix: 'kill', replicas: 1 });
      const quick = await opened(cluster.url, { prefix: 'kill', patience: 20_000 });
      const writer = writing(careful);
      await expect.poll(() => versions(quick).catch(() => [])).not.toEqual([]);
      const before = await versions(quick);
      await expect.poll(async () => Math.min(...(await versions(quick)))).toBeGreaterThan(before[0]! + 20);

      const master = await cluster.masterOf('kill:{item/0}');
      await master.kill();
      // A call waits for the failover, which takes less than the call's patience.
      const entry = [[['item/0', 'after'], { n: 1 }]] as const;
      expect(await quick.putMany(entry, 1)).toEqual([true]);
      expect(await quick.getMany([['item/0', 'after']])).toEqual([{ n: 1 }]);
      expect((await cluster.masterOf('kill:{item/0}')).port).not.toBe(master.port);

      // Its replica is the master now, and has none: what wants one is refused until the dead node is back.
      await expect(careful.putMany([[['item/0', 'alone'], { n: 1 }]], 1)).rejects.toThrow(
        'found 0 replicas that follow, wanted 1',
      );
      const { acknowledged } = await writer.stop();
      expect(Math.min(...(await versions(quick)))).toBeGreaterThanOrEqual(acknowledged);

      const { kill } = await master.restart();
      onTestFinished(kill);
      await expect.poll(() => cluster.isWhole(), { timeout: 60_000 }).toBe(true);
      expect(await careful.putMany([[['item/0', 'whole'], { n: 1 }]], 1)).toEqual([true]);
    },
  );

  it('finds the cluster by any one of its nodes', async () => {
    const store = await opened(`redis-cluster://127.0.0.1:${cluster.nodes[5]!.port}`, { prefix: 'one' });
    await store.putMany(
      groups.map((group) => [[group, 'a'], { group }] as const),
      1,
    );
    expect(await store.getMany(groups.map((group) => [group, 'a'] as const))).toEqual(
      groups.map((group) => ({ group })),
    );
  });
});
