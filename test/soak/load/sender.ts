import { connect, type Socket } from 'node:net';
import { requestBytes, type RequestMix } from './requests.ts';

/** A process that loads a service: `fork` it, send an `Order`, get a `Report` a second, then send 'end'. */

export interface Order {
  readonly port: number;
  readonly connections: number;
  /** Requests a second, sent whether answers come or not; without it each connection asks again as soon as it is answered. */
  readonly perSecond?: number;
  readonly mix: RequestMix;
}

/** A request that had no answer, or one that says that it failed. */
export interface Failure {
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
  readonly why: string;
}

/** What came of the last second. */
export interface Report {
  readonly answered: number;
  readonly failed: number;
  /** Some of what failed. */
  readonly failures: readonly Failure[];
  /** Requests that waited for a connection at its end. */
  readonly waiting: number;
  /** Milliseconds from when each request was due to its answer, the median and the slowest of a hundred. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const SECOND = 1000;
/** How often it is looked whether requests are due, in milliseconds. */
const TICK = 2;
/** A request that has no answer by then has none. */
const PATIENCE = 15_000;
const MOST_FAILURES = 200;

interface Connection {
  socket: Socket;
  /** When the request under way was due; undefined where there is none. */
  due: number | undefined;
  /** Bytes of an answer's head that have come, and of its body that have not. */
  head: string;
  left: number;
  status: number;
}

process.once('message', (order: Order) => load(order));
process.on('message', (message) => {
  if (message === 'end') process.exit();
});
process.once('disconnect', () => process.exit());

function load({ port, connections, perSecond, mix }: Order): void {
  let sent = 0;
  let queue: number[] = [];
  const idle: Connection[] = [];
  let took: number[] = [];
  let [failed, failures]: [number, Failure[]] = [0, []];

  const fail = (began: number, why: string): void => {
    failed++;
    if (failures.length < MOST_FAILURES) failures.push({ began, ended: Date.now(), why });
  };
  const next = (connection: Connection): void => {
    const due = perSecond === undefined ? Date.now() : queue.shift();
    if (due === undefined) return void idle.push(connection);
    connection.due = due;
    connection.socket.write(requestBytes(sent++, mix));
  };
  const done = (connection: Connection): void => {
    const began = connection.due!;
    connection.due = undefined;
    if (connection.status >= 200 && connection.status < 300) took.push(Date.now() - began);
    else fail(began, `status ${connection.status}`);
    next(connection);
  };
  const read = (connection: Connection, chunk: Buffer): void => {
    let rest = chunk;
    while (rest.length > 0) {
      if (connection.left > 0) {
        const some = Math.min(connection.left, rest.length);
        connection.left -= some;
        rest = rest.subarray(some);
      } else {
        const head = connection.head + rest.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end === -1) {
          connection.head = head;
          return;
        }
        rest = rest.subarray(end + 4 - connection.head.length);
        connection.head = '';
        connection.status = Number(head.slice(9, 12));
        connection.left = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      }
      if (connection.left === 0 && connection.head === '') done(connection);
    }
  };
  const open = (connection: Connection): void => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    Object.assign(connection, { socket, head: '', left: 0, due: undefined });
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => read(connection, chunk));
    let why = 'closed';
    socket.on('error', (error) => {
      why = error.message;
    });
    socket.once('close', () => {
      if (connection.due !== undefined) fail(connection.due, why);
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
      setTimeout(() => open(connection), 50);
    });
    socket.once('connect', () => next(connection));
  };
  for (let i = 0; i < connections; i++) open({ due: undefined, head: '', left: 0, status: 0 } as Connection);

  const started = performance.now();
  let planned = 0;
  if (perSecond !== undefined)
    setInterval(() => {
      for (const due = ((performance.now() - started) / SECOND) * perSecond; planned < due; planned++)
        queue.push(Date.now());
      while (queue.length > 0 && idle.length > 0) next(idle.pop()!);
    }, TICK);
  setInterval(() => {
    took.sort((a, b) => a - b);
    const quantile = (q: number): number => took[Math.floor(q * (took.length - 1))] ?? 0;
    process.send!({
      answered: took.length,
      failed,
      failures,
      waiting: queue.length,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
    } satisfies Report);
    [took, failed, failures] = [[], 0, []];
  }, SECOND);
}
