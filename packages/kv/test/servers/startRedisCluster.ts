import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePorts } from './freePorts.ts';
import { type RedisServer, startRedis } from './startRedis.ts';

export interface RedisCluster {
  /** Address of the cluster by all its nodes. */
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  /** The node that is master of a key's slot now. */
  masterOf(key: string): Promise<RedisServer>;
  /** Moves the slot of a key from its master to another one, key by key, as a cluster is made larger. */
  moveSlot(key: string): Promise<void>;
  /** Whether all nodes say so, and every master has a replica that follows it. */
  isWhole(): Promise<boolean>;
  stop(): Promise<void>;
}

const SLOTS = 16_384;
const MASTERS = 3;

/** Three masters and a replica of each, which takes over some seconds after its master has gone. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const buses = await freePorts(2 * MASTERS);
  const nodes = await Promise.all(
    buses.map((bus) =>
      startRedis('--cluster-enabled', 'yes', '--cluster-port', String(bus), '--cluster-node-timeout', '2500'),
    ),
  );
  const ask = async (node: RedisServer, ...command: string[]): Promise<string> => {
    const redis = new Redis({
      port: node.port,
      host: '127.0.0.1',
      lazyConnect: true,
      retryStrategy: () => null,
    });
    redis.on('error', () => {});
    try {
      return String(await redis.call(...(command as [string, ...string[]])));
    } finally {
      redis.disconnect();
    }
  };
  const [first, ...others] = nodes;
  const ids = await Promise.all(nodes.map((node) => ask(node, 'CLUSTER', 'MYID')));
  for (let i = 0; i < MASTERS; i++) {
    const range = [Math.ceil((i * SLOTS) / MASTERS), Math.ceil(((i + 1) * SLOTS) / MASTERS) - 1];
    await ask(nodes[i]!, 'CLUSTER', 'ADDSLOTSRANGE', ...range.map(String));
    // Two nodes never vote in one epoch.
    await ask(nodes[i]!, 'CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1));
  }
  for (const [i, { port }] of others.entries())
    await ask(first!, 'CLUSTER', 'MEET', '127.0.0.1', String(port), String(buses[i + 1]));
  await until(async () =>
    (await Promise.all(nodes.map((node) => ask(node, 'CLUSTER', 'NODES')))).every((text) =>
      ids.every((id) => text.includes(id)),
    ),
  );
  for (let i = 0; i < MASTERS; i++)
    await until(() =>
      ask(nodes[MASTERS + i]!, 'CLUSTER', 'REPLICATE', ids[i]!).then(
        () => true,
        () => false,
      ),
    );
  const cluster: RedisCluster = {
    url: `redis-cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    async masterOf(key) {
      for (const node of nodes) {
        const answer = await ask(node, 'EXISTS', key).catch((error: Error) => error.message);
        if (/^\d+$/.test(answer)) return node;
      }
      throw new Error(`found no master for ${key}`);
    },
    async moveSlot(key) {
      const from = await cluster.masterOf(key);
      const slot = await ask(from, 'CLUSTER', 'KEYSLOT', key);
      const masters = await Promise.all(
        nodes.map((node) => ask(node, 'INFO', 'replication').then((text) => text.includes('role:master'))),
      );
      const to = nodes.findIndex((node, i) => masters[i] === true && node !== from);
      const fromId = ids[nodes.indexOf(from)]!;
      await ask(nodes[to]!, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
      await ask(from, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', ids[to]!);
      await pause(200);
      // Other tests had groups of that name, and a node gives no slot away of which it holds a key.
      const keys = (await ask(from, 'CLUSTER', 'GETKEYSINSLOT', slot, '1000')).split(',');
      for (const each of keys)
        await ask(from, 'MIGRATE', '127.0.0.1', String(nodes[to]!.port), each, '0', '5000');
      await pause(200);
      for (const node of [nodes[to]!, from]) await ask(node, 'CLUSTER', 'SETSLOT', slot, 'NODE', ids[to]!);
    },
    async isWhole() {
      const states = await Promise.all(
        nodes.map(async (node) => [
          await ask(node, 'CLUSTER', 'INFO'),
          await ask(node, 'INFO', 'replication'),
        ]),
      ).catch(() => undefined);
      const infos = states?.map(([info, replication]) => [info!, replication!] as const) ?? [];
      const followed = infos.filter(([, text]) => /role:master[^]*state=online/.test(text));
      return infos.every(([info]) => info.includes('cluster_state:ok')) && followed.length === MASTERS;
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
  await until(() => cluster.isWhole());
  return cluster;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}
