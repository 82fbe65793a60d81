import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Service, service, type ServiceOptions } from './service.ts';
import { ServiceError } from './ServiceError.ts';

export interface StartOptions extends ServiceOptions {
  /** Default 8787; 0 takes any free one. */
  readonly port?: number;
  /** Default 127.0.0.1, this machine only. */
  readonly host?: string;
}

export interface RunningService extends Pick<Service, 'flush' | 'age' | 'close'> {
  readonly url: string;
  readonly port: number;
}

/** Requests under way may take this long, in milliseconds, once the service is told to close. */
const LAST_ANSWERS = 5000;
/** How often connections are closed that fell idle since, in milliseconds. */
const SWEEP = 50;

/**
 * Serves a store over HTTP.
 *
 * @throws {ServiceError} where the address cannot be had
 */
export async function startService(options: StartOptions): Promise<RunningService> {
  const { port = 8787, host = '127.0.0.1' } = options;
  const inner = await service(options);
  // The adaptor's own Response, which it puts in place of the global one, is sent as it is: an answer takes a quarter of the time.
  const server = createAdaptorServer({ fetch: inner.fetch }) as Server;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await inner.close();
    throw new ServiceError(unavailable(port, host, error as NodeJS.ErrnoException));
  }
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    flush: inner.flush,
    age: inner.age,
    async close() {
      const closed = once(server, 'close');
      server.close();
      inner.endStreams();
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
      const late = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
      await closed;
      clearInterval(sweep);
      clearTimeout(late);
      await inner.close();
    },
  };
}

function unavailable(port: number, host: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `port ${port}: found it taken on ${host}, wanted a free one, choose another with --port`;
  return `${host}:${port}: could not be listened on (${message}), choose others with --host and --port`;
}
