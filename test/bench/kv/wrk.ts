import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('requests.lua', import.meta.url));

export interface Asked {
  readonly path: string;
  /** An ETag that the client knows. */
  readonly etag?: string;
}

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Asks again and again, over so many connections at once.
 *
 * @throws where a request failed
 */
export async function wrk(
  address: string,
  asked: readonly Asked[],
  connections: number,
  seconds: number,
): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-wrk-'));
  try {
    const file = join(folder, 'requests');
    await writeFile(
      file,
      asked.map(({ path, etag }) => (etag === undefined ? path : `${path}\t${etag}`)).join('\n'),
    );
    const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', SCRIPT, address, '--', file];
    const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (text: Buffer) => (printed += text));
    await once(child, 'close');
    const found = JSON.parse(printed.trimEnd().split('\n').at(-1)!) as Load & { errors: number };
    if (found.errors > 0)
      throw new Error(`${address}: found ${found.errors} requests that failed\n${printed}`);
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}
