import type { Cluster, Redis } from 'ioredis';
import { ServiceError } from '../../ServiceError.ts';
import { importPeer } from '../importPeer.ts';
import { nodeOf } from './nodeOf.ts';

export interface Client {
  readonly redis: Redis | Cluster;
  /** The address without its password. */
  readonly name: string;
  /** Number of the database, 0 of a cluster. */
  readonly database: number;
  /** Why there is no connection; undefined where there is one. */
  trouble(): string | undefined;
}

/** Pause before a connection is tried again, or a command goes to a cluster that is changing, in milliseconds. */
const PAUSE = 100;

/**
 * A client that reconnects as long as it is open. It does not wait for its first connection.
 *
 * @param patience how long a command waits for a connection, and a connection for a sign of the server, in milliseconds
 * @throws {ServiceError} where the address makes no sense, or ioredis is not installed
 */
export async function openClient(address: string, patience: number): Promise<Client> {
  const name = address.replace(/\/\/.*@/, '//');
  const [, scheme, cluster, rest] = /^(rediss?)(-cluster)?:\/\/(.+)$/.exec(address) ?? [];
  const nodes = (cluster ? rest!.split(',') : [rest ?? '']).map(nodeOf);
  if (scheme === undefined || !nodes.every((node) => node !== undefined))
    throw new ServiceError(
      `${name}: found no address of Redis, wanted redis://HOST:PORT, or redis-cluster://HOST:PORT,HOST:PORT; with rediss for TLS; in a password / is %2F, and % is %25`,
    );
  const { username, password, database } = nodes[0]!;
  const isSafe = scheme === 'rediss';
  const common = {
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    ...(isSafe && { tls: {} }),
    connectTimeout: patience,
    socketTimeout: patience,
    maxRetriesPerRequest: Math.ceil(patience / PAUSE),
  };
  const places = nodes.map(({ host, port }) => ({ host, port }));
  const ioredis = await importPeer('ioredis', () => import('ioredis'));
  const redis = cluster
    ? new ioredis.Cluster(places, {
        redisOptions: common,
        clusterRetryStrategy: () => PAUSE,
        retryDelayOnFailover: PAUSE,
        retryDelayOnClusterDown: PAUSE,
        maxRedirections: Math.ceil(patience / PAUSE),
        // A certificate names its host, so TLS must know it by that name.
        ...(isSafe && { dnsLookup: (host: string, found: Found) => found(null, host) }),
      })
    : new ioredis.Redis({
        ...common,
        ...places[0],
        db: database,
        retryStrategy: () => PAUSE,
        // The address of a managed service moves to another server, and this one has become a replica: reconnect, and send again.
        reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 2 : false),
      });
  let trouble: string | undefined;
  // Without a listener a lost connection would end the process.
  redis.on('error', (error: Error & { lastNodeError?: Error }) => {
    trouble = (error.lastNodeError ?? error).message;
  });
  redis.on('ready', () => {
    trouble = undefined;
  });
  return { redis, name, database, trouble: () => trouble };
}

type Found = (error: null, address: string) => void;
