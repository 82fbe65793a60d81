import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serving, TOKEN } from '../serving.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';
import type { Heard } from '../streams/opener.ts';

const OPENER = fileURLToPath(new URL('../streams/opener.ts', import.meta.url));
const STREAMS = { smoke: 50, short: 10_000, long: 10_000 };
const CHANGES = { smoke: 2, short: 5, long: 50 };
/** Handles of a process that are no streams. */
const OTHERS = 100;
/** What a service that has answered holds more than one that has not, in megabytes, and what a stream may leave, in bytes. */
const WARM_UP = 4;
const REST = 500;
/** Seconds until all are open, or have heard. */
const PATIENCE = 120;

/** Holds many streams of changes open on the loopback, tells all of them of changes, and closes half. */
export async function streams(budget: Budget): Promise<SoakRow[]> {
  const { length, tell, signal, onEnd } = budget;
  const began = performance.now();
  const wanted = STREAMS[length];
  const service = await serving(budget, '--memory');
  const opener = fork(OPENER, { execArgv: ['--import', 'tsx'] });
  onEnd(() => opener.kill('SIGKILL'));
  for (const { pid } of [service.process, opener]) raiseHandles(pid!, wanted + OTHERS);
  const heard = async (): Promise<Heard> => {
    const answer = once(opener, 'message') as Promise<[Heard]>;
    opener.send('heard');
    return (await answer)[0];
  };
  const put = async (n: number): Promise<number> => {
    const answer = await fetch(`${service.url}/v1/items`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ items: [{ id: 'a', price: n }] }),
    });
    return ((await answer.json()) as { revision: number }).revision;
  };
  const until = async (isSo: (now: Heard) => boolean): Promise<Heard> => {
    const late = performance.now() + PATIENCE * 1000;
    for (;;) {
      const now = await heard();
      if (isSo(now) || performance.now() > late) return now;
      await pause(100, undefined, { signal });
    }
  };

  await put(0);
  const before = await service.held();
  opener.send({ port: service.port, streams: wanted });
  const { open } = await until((now) => now.open >= wanted || now.closed > 0);
  const full = await service.held();
  tell(`${open} of ${wanted} streams are open, in ${full.memoryMB.toFixed(0)} MB`);
  const took: number[] = [];
  let missed = 0;
  for (let k = 1; k <= CHANGES[length]; k++) {
    const at = Date.now();
    const revision = await put(k);
    const now = await until(({ told }) => (told[revision]?.streams ?? 0) >= open);
    missed += open - (now.told[revision]?.streams ?? 0);
    took.push((now.told[revision]?.last ?? Date.now()) - at);
  }
  const { closed } = await heard();
  opener.send('half');
  const left = open - Math.floor(open / 2);
  let after = await service.held();
  for (let k = 0; k < 100 && after.handles > left + OTHERS; k++) {
    await pause(100, undefined, { signal });
    after = await service.held();
  }
  opener.kill('SIGKILL');
  let empty = after;
  const mayHold = before.heapMB + WARM_UP + (open * REST) / 1e6;
  // What is left of a stream goes some turns of the event loop after its connection.
  for (let k = 0; k < 100 && (empty.handles > before.handles + 2 || empty.heapMB > mayHold); k++) {
    await pause(100, undefined, { signal });
    empty = await service.held();
  }
  const broken = [
    ...(open < wanted ? [`found ${open} streams open, wanted ${wanted}`] : []),
    ...(closed > 0 ? [`${closed} streams ended by themselves`] : []),
    ...(missed > 0 ? [`${missed} times a stream did not tell of a change`] : []),
    ...(after.handles > left + OTHERS
      ? [
          `found ${after.handles} handles after half of the streams were closed, wanted ${left + OTHERS} at most`,
        ]
      : []),
    ...(empty.handles > before.handles + 2
      ? [`found ${empty.handles} handles after all were closed, wanted ${before.handles} as before`]
      : []),
    ...(empty.heapMB > mayHold
      ? [
          `found a heap of ${empty.heapMB.toFixed(1)} MB after all were closed, wanted ${before.heapMB.toFixed(1)} as before`,
        ]
      : []),
  ];
  return [
    {
      subject: 'streams of changes on one service',
      seconds: (performance.now() - began) / 1000,
      figures: {
        'streams open': open,
        changes: took.length,
        'changes that a stream missed': missed,
        'slowest change, ms': Math.max(...took),
        'kB a stream': ((full.memoryMB - before.memoryMB) * 1000) / Math.max(1, open),
        'handles before': before.handles,
        'handles with all': full.handles,
        'handles after': empty.handles,
        'heap before, MB': before.heapMB,
        'heap after, MB': empty.heapMB,
      },
      broken,
    },
  ];
}

/** Lets a process have so many handles, where it may not yet and we may let it. */
function raiseHandles(pid: number, handles: number): void {
  const limits = execFileSync(
    'prlimit',
    ['--pid', `${pid}`, '--nofile', '--raw', '--noheadings', '--output', 'SOFT,HARD'],
    {
      encoding: 'utf8',
    },
  );
  const [soft, hard] = limits.trim().split(/\s+/).map(Number);
  if (soft! >= handles) return;
  execFileSync('prlimit', ['--pid', `${pid}`, `--nofile=${handles}:${Math.max(hard!, handles)}`], {
    stdio: 'pipe',
  });
}
