import type { Cluster, Redis } from 'ioredis';
import { ServiceError } from '../../ServiceError.ts';

/**
 * Writes fields of the hash `KEYS[1]` unless they are held at this version or a later one. `ARGV`: the version, the token of
 * this call, then field and JSON in turn. A field holds `version token JSON`.
 *
 * A client that lost its connection cannot know whether its command ran, and sends it again. So what the same call wrote counts
 * as written, and is written again: then WAIT waits for it on the new connection too.
 */
const PUT = `
local head = ARGV[1] .. ' ' .. ARGV[2] .. ' '
local version = tonumber(ARGV[1])
local written = {}
for i = 3, #ARGV, 2 do
  local held = redis.call('HGET', KEYS[1], ARGV[i])
  local free = not held or tonumber(string.match(held, '^%d+')) < version or string.sub(held, 1, #head) == head
  if free then redis.call('HSET', KEYS[1], ARGV[i], head .. ARGV[i + 1]) end
  written[#written + 1] = free and 1 or 0
end
return written`;

/** How many replicas follow the master of `KEYS[1]`. */
const FOLLOWING = `
local _, count = string.gsub(redis.call('INFO', 'replication'), 'state=online', '')
return count`;

export interface Replicas {
  readonly count: number;
  /** Another connection, which no WAIT holds up. */
  readonly reader: Redis | Cluster;
  /** How long until it is given up, in milliseconds. */
  readonly patience: number;
}

/** WAIT holds up all that comes behind it on its connection, so it may take no more of the patience than one in so many. */
const SHARE = 5;

/**
 * Writes fields of one hash, and waits until replicas have them too, where any are wanted.
 *
 * @param args the version, a token of the call, then field and JSON in turn
 * @returns 1 for each field that was written, 0 for one that is held at this version or a later one
 * @throws {ServiceError} where too few replicas have it in time
 */
export async function putFields(
  redis: Redis | Cluster,
  key: string,
  args: readonly (number | string | Buffer)[],
  { count, reader, patience }: Replicas,
): Promise<number[]> {
  if (count === 0) return (await redis.eval(PUT, 1, key, ...args)) as number[];
  for (const end = Date.now() + patience; ;) {
    const following = (await reader.eval(FOLLOWING, 1, key)) as number;
    if (following < count) throw tooFew(`${following} replicas that follow`, count);
    // On one connection, and without a break: WAIT answers for the writes of its own connection.
    const pipeline = redis
      .pipeline()
      .eval(PUT, 1, key, ...args)
      .wait(count, Math.ceil(patience / SHARE));
    const replies = (await pipeline.exec()) as unknown;
    const [[failed, flags], [lost, copies]] = replies as [Reply<number[]>, Reply<number>];
    const error = failed ?? lost;
    if (error === null && copies! >= count) return flags!;
    if (error === null) throw tooFew(`the write on ${copies} replicas`, count);
    if (!/^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN|Connection is closed)/.test(error.message) || Date.now() >= end)
      throw error;
    // Once one of its commands was answered ioredis follows no redirection of a pipeline. A single command finds the way.
    await redis.exists(key);
  }
}

type Reply<T> = readonly [error: Error | null, result?: T];

function tooFew(found: string, wanted: number): ServiceError {
  return new ServiceError(`redis: found ${found}, wanted ${wanted}, start more of them or ask for fewer`);
}
