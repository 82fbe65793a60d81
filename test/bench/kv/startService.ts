import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../../../packages/kv/test/servers/freePorts.ts';
import { startServer } from '../../../packages/kv/test/servers/startServer.ts';

export const TOKEN = 'bench';
/** Ticks of the kernel's clock a second, as Linux tells them to programs. */
const TICKS = 100;
/** A server that has not ended so many milliseconds after it was asked to is ended. */
const LAST_WORDS = 20_000;

export interface BenchServer {
  readonly url: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startMs: number;
  /** Processor time so far, in microseconds. */
  cpu(): number;
  /** Megabytes of memory that is the process's own. */
  memory(): number;
  stop(): Promise<void>;
}

/** A service in a process of its own. */
export async function startService(store: string): Promise<BenchServer> {
  const [port] = await freePorts(1);
  const args = [
    '--import',
    'tsx',
    'packages/kv/src/cli.ts',
    '--port',
    String(port),
    '--token',
    TOKEN,
    '--log-level',
    'warn',
    // One machine plays all shoppers.
    '--limits',
    'callsPerMinute=1000000000,writesPerMinute=1000000000',
  ];
  return await startBenchServer(process.execPath, [...args, '--store', store], port!, '/readyz');
}

export async function startBenchServer(
  command: string,
  args: readonly string[],
  port: number,
  path: string,
): Promise<BenchServer> {
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const server = await startServer(command, args, () =>
    fetch(url + path).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const startMs = performance.now() - started;
  const { pid } = server.process;
  return {
    url,
    startMs,
    cpu: () => cpuOf(pid!),
    memory: () => memoryOf(pid!),
    async stop() {
      server.process.kill('SIGTERM');
      const late = setTimeout(() => server.process.kill('SIGKILL'), LAST_WORDS);
      while (server.process.exitCode === null && server.process.signalCode === null) await pause(20);
      clearTimeout(late);
    },
  };
}

/** Processor time of a process of this machine, in microseconds. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6;
}

function memoryOf(pid: number): number {
  const kilobytes = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
  return Number(kilobytes) / 1000;
}
