import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { CONNECTION_LIMITS } from './ConnectionLimits.ts';
import { framingFault } from './framingFault.ts';
import { guardConnections, serverOptions } from './guardConnections.ts';
import { REQUEST_LIMITS } from './http/RequestLimits.ts';
import { metrics } from './http/metrics.ts';
import { starting } from './http/starting.ts';
import { idleConnections } from './idleConnections.ts';
import type { Limits } from './limitsOf.ts';
import { type Service, service, type ServiceOptions } from './service.ts';
import { ServiceError } from './ServiceError.ts';
import type { Store } from './stores/Store.ts';

export interface StartOptions extends Omit<ServiceOptions, 'store' | 'limits'> {
  /** What one client and one session may do, and what a connection may be; default as docs/service.md has them. */
  readonly limits?: Partial<Limits>;
  /** While it is being opened, the service listens and says that it is not ready. */
  readonly store: Store | Promise<Store>;
  /** Default 8787; 0 takes any free one. */
  readonly port?: number;
  /** Default 127.0.0.1, this machine only. */
  readonly host?: string;
  /** How long a service that was told to close goes on as before, but for `/readyz`, in seconds; default 0. */
  readonly drainSeconds?: number;
}

export interface RunningService extends Pick<Service, 'flush' | 'age' | 'close'> {
  readonly url: string;
  readonly port: number;
}

/** Requests under way may take this long, in milliseconds, once the service does not listen any more. */
const LAST_ANSWERS = 5000;
/** How often connections are closed that fell idle since, in milliseconds. */
const SWEEP = 50;

/**
 * Serves a store over HTTP.
 *
 * @throws {ServiceError} where the address cannot be had, or the store cannot be opened
 */
export async function startService(options: StartOptions): Promise<RunningService> {
  const { port = 8787, host = '127.0.0.1', drainSeconds = 0 } = options;
  const limits = { ...REQUEST_LIMITS, ...CONNECTION_LIMITS, ...options.limits };
  let inner: Service | undefined;
  let draining = false;
  /** Connections whose requests could be seen in two ways: Node hands over what stands behind the first such one, too. */
  const faults = new WeakMap<Socket, string>();
  // The adaptor's own Response, which it puts in place of the global one, is sent as it is: an answer takes a quarter of the time.
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => {
      if (inner === undefined) return starting(request);
      const { rawHeaders, socket } = incoming as IncomingMessage;
      return inner.fetch(request, {
        address: socket.remoteAddress,
        headers: rawHeaders.length / 2,
        fault: faults.get(socket),
      });
    },
    serverOptions: serverOptions(limits),
  }) as Server;
  const idle = idleConnections(server);
  guardConnections(server, limits, limits.headers, options.clientHeader === undefined);
  server.prependListener('request', ({ rawHeaders, httpVersion, socket }, answer) => {
    const fault = framingFault(rawHeaders, httpVersion);
    if (fault !== undefined) faults.set(socket, fault);
    // Who is told so sends its next request over a connection of its own; one that drains, elsewhere.
    if (draining || faults.has(socket)) answer.setHeader('Connection', 'close');
  });
  const stopListening = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    inner?.endStreams();
    const sweep = setInterval(() => idle.close(), SWEEP);
    const late = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
    await closed;
    clearInterval(sweep);
    clearTimeout(late);
  };
  const store = Promise.resolve(options.store);
  // It is waited for below.
  store.catch(() => {});
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await store.then(
      (opened) => opened.close(),
      () => {},
    );
    throw new ServiceError(unavailable(port, host, error as NodeJS.ErrnoException));
  }
  try {
    inner = await service({ metrics: metrics(), ...options, store: await store });
  } catch (error) {
    await stopListening();
    throw error;
  }
  const { flush, age, drain, close } = inner;
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    flush,
    age,
    async close() {
      draining = true;
      drain();
      await wait(drainSeconds * 1000);
      await stopListening();
      await close();
    },
  };
}

function unavailable(port: number, host: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `port ${port}: found it taken on ${host}, wanted a free one, choose another with --port`;
  return `${host}:${port}: could not be listened on (${message}), choose others with --host and --port`;
}
