import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePorts } from './freePorts.ts';
import { type Server, startServer } from './startServer.ts';

export interface RedisServer extends Server {
  readonly port: number;
  readonly url: string;
  /** Starts it again where it was, with what it wrote to its disk. */
  restart(): Promise<RedisServer>;
  /** Ends it, and what it wrote goes. */
  stop(): Promise<void>;
}

/** A redis-server of its own on the loopback. What it has answered outlives its process, though not the machine. */
export async function startRedis(...args: readonly string[]): Promise<RedisServer> {
  const [port] = await freePorts(1);
  return await startAt(port!, await mkdtemp(join(tmpdir(), 'evershelf-redis-')), args);
}

async function startAt(port: number, folder: string, args: readonly string[]): Promise<RedisServer> {
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const writes = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'no'];
  // A replica gets what there is at once; Redis waits 5 s for others that may want it too.
  const replicas = ['--repl-diskless-sync-delay', '0'];
  const server = await startServer('redis-server', [...where, ...writes, ...replicas, ...args], () =>
    answers(port),
  );
  return {
    ...server,
    port,
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await server.kill();
      return await startAt(port, folder, args);
    },
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** Whether it answers at all, be it that it wants a password. */
async function answers(port: number): Promise<boolean> {
  const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.ping();
    return true;
  } catch (error) {
    return /^(NOAUTH|MASTERDOWN)/.test((error as Error).message);
  } finally {
    redis.disconnect();
  }
}
