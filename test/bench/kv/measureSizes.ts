import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SizeRow } from './KvBench.ts';
import { loadItems } from './loadItems.ts';
import { madeBatches } from './madeItems.ts';
import { startService } from './startService.ts';

const PROBE = fileURLToPath(new URL('probe.ts', import.meta.url));

/** Loads shops of some sizes on LMDB, asks for items meanwhile, and starts the service again on what it wrote. */
export async function measureSizes(
  sizes: readonly number[],
  told: (line: string) => void,
): Promise<SizeRow[]> {
  const rows: SizeRow[] = [];
  for (const items of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
    try {
      const service = await startService(`lmdb:${folder}`);
      const probe = await startProbe(service.url, items);
      const started = performance.now();
      await loadItems(service, madeBatches(items));
      const loadSeconds = (performance.now() - started) / 1000;
      const { readP50Ms, readP99Ms } = await probe();
      await service.stop();
      const again = await startService(`lmdb:${folder}`);
      const { size } = await stat(join(folder, 'items.mdb'));
      rows.push({
        items,
        loadSeconds,
        readP50Ms,
        readP99Ms,
        startMs: again.startMs,
        memoryMB: again.memory(),
        diskMB: size / 1e6,
      });
      await again.stop();
      told(`${items.toLocaleString('en')} items on LMDB: loaded in ${loadSeconds.toFixed(1)} s`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return rows;
}

/** Lookups from a process of its own, so that nothing but the service makes them wait; what is given ends them. */
async function startProbe(
  url: string,
  items: number,
): Promise<() => Promise<Pick<SizeRow, 'readP50Ms' | 'readP99Ms'>>> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROBE, url, String(items)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += text));
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'close');
    return JSON.parse(printed.split('\n')[1]!) as Pick<SizeRow, 'readP50Ms' | 'readP99Ms'>;
  };
}
