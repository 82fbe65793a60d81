import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Key, redisStore, ServiceError, type Store } from '../../src/index.ts';
import { describeWith } from '../servers/describeWith.ts';
import { freePorts } from '../servers/freePorts.ts';
import { missingRedis } from '../servers/missingRedis.ts';
import { startProxy } from '../servers/startProxy.ts';
import { type RedisServer, startRedis } from '../servers/startRedis.ts';
import { storeContract } from './storeContract.ts';
import { sharingContract, survivalContract } from './survivalContract.ts';

describeWith(missingRedis(), 'redisStore', () => {
  const key: Key = ['group', 'a'];
  let server: RedisServer;
  let places = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  const newPlace = async (): Promise<string> => `${server.url}?prefix=place${places++}`;
  storeContract(() => redisStore(server.url, { prefix: `store${places++}` }));
  survivalContract(newPlace);
  sharingContract(newPlace);

  const started = async (...args: string[]): Promise<RedisServer> => {
    const server = await startRedis(...args);
    onTestFinished(() => server.stop());
    return server;
  };
  const opened = async (...args: Parameters<typeof redisStore>): Promise<Store> => {
    const store = await redisStore(...args);
    onTestFinished(() => store.close());
    return store;
  };

  it('keeps a group in a hash, whose name decides the slot', async () => {
    const store = await opened(server.url, { prefix: 'shop 1' });
    await store.putMany([[['item/00001', 'ä'], { n: 1 }]], 5);
    const redis = new Redis(server.port);
    onTestFinished(() => redis.disconnect());
    expect(await redis.hget('shop 1:{item/00001}', 'ä')).toMatch(/^5 \S+ \{"n":1\}$/);
  });

  it('goes on where its connections are closed under its hands', async () => {
    const store = await opened(server.url, { prefix: 'closed' });
    const redis = new Redis(server.port);
    onTestFinished(() => redis.disconnect());
    for (let version = 1; version <= 200; version++) {
      if (version % 20 === 0) await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      expect(await store.putMany([[key, { version }]], version)).toEqual([true]);
      expect(await store.getMany([key])).toEqual([{ version }]);
    }
  });

  it('counts what it wrote as written, also where the answer was lost and the command sent again', async () => {
    const proxy = await startProxy(server.port);
    onTestFinished(() => proxy.stop());
    const store = await opened(`redis://127.0.0.1:${proxy.port}`, { prefix: 'lost' });
    const lost = proxy.loseAnswer();
    expect(await store.putMany([[key, { n: 1 }]], 1)).toEqual([true]);
    await lost;
    expect(await store.putMany([[key, { n: 2 }]], 1)).toEqual([false]);
  });

  it('waits for a server that starts again, and finds there what was acknowledged', async () => {
    const server = await started();
    const store = await opened(server.url);
    await store.putMany([[key, { version: 1 }]], 1);
    const restarted = server.restart();
    const written = store.putMany([[key, { version: 2 }]], 2);
    const { kill } = await restarted;
    onTestFinished(kill);
    expect(await written).toEqual([true]);
    expect(await store.getMany([key])).toEqual([{ version: 2 }]);
  });

  it('gives up a server that is gone, and says why', async () => {
    const server = await started();
    const store = await opened(server.url, { patience: 500 });
    await server.kill();
    const error = await store.getMany([key]).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ServiceError);
    expect((error as Error).message).toMatch(
      /^redis:\/\/127\.0\.0\.1:\d+: found no answer \(.*ECONNREFUSED.*\), wanted one within 500 ms, see that Redis runs there/,
    );
    await expect(store.putMany([[key, {}]], 1)).rejects.toThrow(ServiceError);
    await expect(store.deleteMany([key])).rejects.toThrow(ServiceError);
  });

  it('gives up a server that is silent, and goes on when it speaks again', async () => {
    const server = await started();
    const store = await opened(server.url, { patience: 500 });
    server.process.kill('SIGSTOP');
    await expect(store.putMany([[key, {}]], 1)).rejects.toThrow('found no answer');
    server.process.kill('SIGCONT');
    await expect.poll(() => store.getMany([key]).catch(() => 'not yet'), { timeout: 10_000 }).toEqual([{}]);
  });

  it('does not open where nobody answers, or lets it in, and never says the password', async () => {
    const [port] = await freePorts(1);
    await expect(redisStore(`redis://127.0.0.1:${port}`, { patience: 300 })).rejects.toThrow('ECONNREFUSED');
    const server = await started('--requirepass', 'open sesame');
    const at = `127.0.0.1:${server.port}`;
    await expect(redisStore(`redis://${at}`, { patience: 300 })).rejects.toThrow('NOAUTH');
    const error = await redisStore(`redis://:secret@${at}`, { patience: 300 }).catch((error: Error) => error);
    expect((error as Error).message).toContain('WRONGPASS');
    expect((error as Error).message).not.toContain('secret');
    const store = await opened(`redis://:open%20sesame@${at}/3`);
    expect(await store.putMany([[key, {}]], 1)).toEqual([true]);
  });

  it('keeps to the database that its address names, and opens none that there is not', async () => {
    const first = await opened(server.url, { prefix: 'database' });
    const third = await opened(`${server.url}/3`, { prefix: 'database' });
    await third.putMany([[key, { n: 3 }]], 1);
    expect([await first.getMany([key]), await third.getMany([key])]).toEqual([[undefined], [{ n: 3 }]]);
    await expect(redisStore(`${server.url}/99`)).rejects.toThrow(
      'found no answer (ERR DB index is out of range), wanted one',
    );
  });

  it('takes a password with any characters in it', async () => {
    const password = 'a:b@c/d%,ä';
    const server = await started('--requirepass', password);
    const store = await opened(`redis://:${encodeURIComponent(password)}@127.0.0.1:${server.port}`);
    expect(await store.putMany([[key, {}]], 1)).toEqual([true]);
  });

  it.each([
    'redis://',
    'redis://a:1,b:2',
    'redis://a,b',
    'redis://a:port',
    'redis://a/shop',
    'redis-cluster://a,',
    'http://a',
  ])('refuses the address %s', async (address) => {
    await expect(redisStore(address)).rejects.toThrow(
      `${address}: found no address of Redis, wanted redis://HOST:PORT`,
    );
  });

  it('refuses a password that is no part of an address, and does not say it', async () => {
    await expect(redisStore('redis://:100%@a')).rejects.toThrow(
      'redis://a: found no address of Redis, wanted',
    );
  });

  it('refuses options that make no sense', async () => {
    await expect(redisStore(server.url, { prefix: 'a{b}' })).rejects.toThrow(
      'wanted a prefix without braces',
    );
    await expect(redisStore(server.url, { replicas: -1 })).rejects.toThrow('replicas -1 and patience');
    for (const patience of [NaN, 0, -5])
      await expect(redisStore(server.url, { patience })).rejects.toThrow(`patience ${patience}, wanted`);
  });

  it('does not acknowledge what fewer replicas have than were asked for', async () => {
    const store = await opened(server.url, { prefix: 'alone', replicas: 1, patience: 300 });
    await expect(store.putMany([[key, {}]], 1)).rejects.toThrow('found 0 replicas that follow, wanted 1');
    expect(await store.getMany([key])).toEqual([undefined]);
    const replica = await started('--replicaof', '127.0.0.1', String(server.port));
    let version = 1;
    await expect
      .poll(() => store.putMany([[key, {}]], ++version).catch((error: Error) => error.message), {
        timeout: 20_000,
      })
      .toEqual([true]);
    const redis = new Redis(replica.port);
    onTestFinished(() => redis.disconnect());
    expect(Number.parseInt((await redis.hget('alone:{group}', 'a'))!, 10)).toBe(version);
  });
});
