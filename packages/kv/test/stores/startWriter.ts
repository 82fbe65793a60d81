import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bundled } from '../bundled.ts';

const file = await bundled('test/stores/writer.ts');

interface Told {
  readonly version: number;
  readonly written: readonly boolean[];
}

export interface Writer {
  /** What it was told, by version. */
  readonly told: readonly Told[];
  /** Waits until it was told of so many versions. */
  reaches(versions: number): Promise<void>;
  /** Kills it, and waits until it has gone. */
  kill(): Promise<void>;
}

/** A process that writes to a store, from a version on. */
export function startWriter(address: string, from = 1, by = ''): Writer {
  const child = spawn(process.execPath, [file, address, String(from), by], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told: Told[] = [];
  let rest = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) told.push(JSON.parse(line) as Told);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const gone = once(child, 'close');
  return {
    told,
    async reaches(versions) {
      while (told.length < versions) {
        if (child.exitCode !== null) throw new Error(`the writer ended by itself:\n${complaints}`);
        await Promise.race([once(child.stdout, 'data'), gone]);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
