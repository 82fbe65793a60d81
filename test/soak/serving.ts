import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { freePorts } from '../../packages/kv/test/servers/freePorts.ts';
import type { Budget } from './SoakPart.ts';

export const TOKEN = 'soak';

/** What a process holds. */
export interface Held {
  /** Megabytes: of the heap's objects after a collection, and of memory that is its own. */
  readonly heapMB: number;
  readonly memoryMB: number;
  /** Files and connections. */
  readonly handles: number;
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  held(): Promise<Held>;
  /** Seconds of the processor so far. */
  cpuSeconds(): number;
}

const PROGRAM = [
  '--expose-gc',
  '--import',
  'tsx',
  '--import',
  './test/soak/tellHeap.ts',
  'packages/kv/src/cli.ts',
];
const TICKS = 100;

/** The command `evershelf-serve` in a process of its own, with a few more ears; ends with the part. */
export async function serving({ onEnd }: Budget, ...args: readonly string[]): Promise<Serving> {
  const [port] = await freePorts(1);
  const child = spawn(
    process.execPath,
    [
      ...PROGRAM,
      '--port',
      `${port}`,
      '--token',
      TOKEN,
      '--client-header',
      'x-client',
      '--log-level',
      'silent',
      ...args,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  const ended = once(child, 'close');
  onEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`found a service that ended, wanted one: ${complaints}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { pid } = child;
  return {
    url,
    port: port!,
    process: child,
    async held() {
      const answer = once(child, 'message') as Promise<[number]>;
      child.send('heap');
      const [bytes] = await answer;
      const kilobytes = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
      return {
        heapMB: bytes / 1e6,
        memoryMB: Number(kilobytes) / 1000,
        handles: readdirSync(`/proc/${pid}/fd`).length,
      };
    },
    cpuSeconds() {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
  };
}
