import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../../../packages/kv/test/servers/startRedis.ts';
import { madeBatches } from '../../bench/kv/madeItems.ts';
import { quantile } from '../../bench/engine/quantile.ts';
import { installRedis } from '../../installRedis.ts';
import type { Failure, Order, Report } from '../load/sender.ts';
import type { RequestMix } from '../load/requests.ts';
import { type Held, serving, TOKEN } from '../serving.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';

const SENDER = fileURLToPath(new URL('../load/sender.ts', import.meta.url));
const CONNECTIONS = 32;
/** Of the peak. */
const SHARE = 0.8;
/** How soon all must be well again once the store answers, in milliseconds. */
const RECOVERY = 1000;
/** Bytes that a heap may differ by between two collections, in megabytes, beside a tenth of it. */
const NOISE = 2;
/** Handles of what comes and goes. */
const FEW = 8;

/** Seconds to find the peak, to load, and for which the store is down; sessions, which all have been there well before the end. */
const SIZES = {
  smoke: { items: 200, peak: 1, seconds: 3, down: 0.5, sessions: 20 },
  short: { items: 5000, peak: 5, seconds: 30, down: 6, sessions: 500 },
  long: { items: 20_000, peak: 20, seconds: 1200, down: 10, sessions: 20_000 },
};

/** Loads a service on Redis with 80 % of what it can do, and restarts Redis in the middle. */
export async function load(budget: Budget): Promise<SoakRow[]> {
  const { length, tell, signal, onEnd } = budget;
  const { items, peak, seconds, down, sessions } = SIZES[length];
  installRedis();
  let redis = await startRedis();
  onEnd(() => redis.stop());
  const data = await mkdtemp(join(tmpdir(), 'evershelf-soak-'));
  onEnd(() => rm(data, { recursive: true, force: true }));
  const service = await serving(budget, '--data', data, '--store', redis.url);
  for (const body of madeBatches(items)) {
    const answer = await fetch(`${service.url}/v1/items`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}` },
      body,
    });
    if (!answer.ok) throw new Error(`found status ${answer.status}, wanted 200: ${await answer.text()}`);
  }
  const mix: RequestMix = { items, pages: 256, token: TOKEN, sessions, clients: 5000 };
  const order = { port: service.port, connections: CONNECTIONS, mix };

  const cpu = service.cpuSeconds();
  const asked = await send(budget, order, peak + 1);
  // The first second is to warm up.
  const most = asked.slice(1).reduce((sum, { answered }) => sum + answered, 0) / (asked.length - 1);
  const busy = (service.cpuSeconds() - cpu) / asked.length;
  const perSecond = Math.max(1, Math.round(SHARE * most));
  tell(
    `peak of ${Math.round(most)} requests a second, with ${Math.round(100 * busy)} % of a core; goes on with ${perSecond}`,
  );

  const held: Held[] = [];
  const began = performance.now();
  const outage = { from: Infinity, to: Infinity };
  const restart = async (): Promise<void> => {
    await pause((seconds / 2) * 1000, undefined, { signal });
    outage.from = Date.now();
    await redis.kill();
    tell('the store is down');
    await pause(down * 1000, undefined, { signal });
    redis = await redis.restart();
    outage.to = Date.now();
    tell('the store is back');
  };
  const watch = async (): Promise<void> => {
    for (let k = 0; k < 20; k++) {
      held.push(await service.held());
      if (k % 5 === 4) tell(`${Math.round((performance.now() - began) / 1000)} of ${seconds} s`);
      await pause((seconds / 20) * 1000, undefined, { signal });
    }
  };
  const [reports] = await Promise.all([send(budget, { ...order, perSecond }, seconds), restart(), watch()]);

  const failures = reports.flatMap((report) => report.failures);
  const isOfOutage = ({ began, ended }: Failure): boolean =>
    ended >= outage.from && began <= outage.to + RECOVERY;
  const outside = failures.filter((failure) => !isOfOutage(failure));
  const [first, last] = [middleOf(held.slice(5, 10)), middleOf(held.slice(-5))];
  const answered = reports.reduce((sum, report) => sum + report.answered, 0);
  const broken: string[] = [];
  const grew = (what: string, from: number, to: number, may: number): void => {
    if (to - from > may)
      broken.push(
        `${what} grew from ${from.toFixed(1)} to ${to.toFixed(1)}, wanted ${may.toFixed(1)} more at most`,
      );
  };
  if (outside.length > 0)
    broken.push(`${outside.length} requests failed while the store was there: ${outside[0]!.why}`);
  grew('the heap in MB', first.heapMB, last.heapMB, NOISE + first.heapMB / 10);
  grew('handles', first.handles, last.handles, FEW);
  const waiting = reports.at(-1)!.waiting;
  // A machine that others share has another peak a minute later.
  if (length === 'long' && waiting > perSecond)
    broken.push(`found ${waiting} requests that wait, wanted less than come in a second`);
  return [
    {
      subject: `Redis, at ${SHARE * 100} % of the peak`,
      seconds,
      figures: {
        'peak, requests a second': Math.round(most),
        'requests a second': perSecond,
        answered,
        'store down, s': down,
        'waiting at the end': waiting,
        'failed while it was down': failures.length - outside.length,
        'failed at other times': outside.length,
        'median, ms': quantile(
          reports.map(({ p50Ms }) => p50Ms),
          0.5,
        ),
        '99th percentile, ms': quantile(
          reports.map(({ p99Ms }) => p99Ms),
          0.5,
        ),
        'heap before, MB': first.heapMB,
        'heap after, MB': last.heapMB,
        'memory before, MB': first.memoryMB,
        'memory after, MB': last.memoryMB,
        'handles before': first.handles,
        'handles after': last.handles,
      },
      broken,
    },
  ];
}

/** Loads for so many seconds, from a process of its own; a report a second. */
async function send({ onEnd, signal }: Budget, order: Order, seconds: number): Promise<Report[]> {
  const sender = fork(SENDER, { execArgv: ['--import', 'tsx'] });
  onEnd(() => sender.kill('SIGKILL'));
  const reports: Report[] = [];
  const enough = new Promise<void>((resolve, reject) => {
    sender.on('message', (report: Report) => {
      if (reports.push(report) >= seconds) resolve();
    });
    sender.once('close', () => reject(new Error('found a sender that ended, wanted its reports')));
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  sender.send(order);
  await enough;
  sender.send('end');
  return reports;
}

/** The middle of each of some measurements. */
function middleOf(held: readonly Held[]): Held {
  const middle = (of: (held: Held) => number): number => quantile(held.map(of), 0.5);
  return {
    heapMB: middle(({ heapMB }) => heapMB),
    memoryMB: middle(({ memoryMB }) => memoryMB),
    handles: middle(({ handles }) => handles),
  };
}
