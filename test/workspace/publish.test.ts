import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryStore, type RunningService, startService } from '../../packages/kv/src/index.ts';
import { writeArtifact } from '../../packages/model/src/index.ts';
import type { ChangesAnswer, PageAnswer } from '../../packages/model/src/index.ts';
import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';
import { evershelf } from '../../packages/sdk/src/index.ts';

let folder: string;
let service: RunningService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-publish-'));
  const { draft, parts } = smallArtifact();
  await mkdir(join(folder, 'model'));
  for (const [name, bytes] of await writeArtifact(draft, parts))
    await writeFile(join(folder, 'model', name), bytes);
  service = await startService({ store: memoryStore(), token: 'secret', port: 0 });
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function publish(to: string): Promise<string> {
  const args = ['publish', '--artifact', join(folder, 'model'), '--to', to, '--token', 'secret'];
  const run = promisify(execFile);
  return (await run(process.execPath, ['--import', 'tsx', 'packages/trainer/src/cli.ts', ...args])).stdout;
}

describe('evershelf publish', { timeout: 60_000 }, () => {
  it('gives a static folder the answers that the service gives', async () => {
    const kv = join(folder, 'kv');
    await publish(service.url);
    await publish(kv);
    const fromService = async <T>(path: string): Promise<T> =>
      (await (await fetch(`${service.url}/${path}`)).json()) as T;
    const fromFolder = async <T>(path: string): Promise<T> =>
      JSON.parse(await readFile(join(kv, path), 'utf8')) as T;

    const [served, written] = [
      await fromService<ChangesAnswer>('v1/changes'),
      await fromFolder<ChangesAnswer>('v1/changes'),
    ];
    expect(written.pages).toBe(served.pages);
    expect(written.changed).toEqual(served.changed);
    expect(served.changed.length).toBeGreaterThan(20);
    const plain = ({ page, items }: PageAnswer): unknown => ({
      page,
      items: items.map(({ item, live }) => ({ item, live })),
    });
    for (const page of served.changed) {
      const path = `v1/pages/${page}`;
      expect(plain(await fromFolder(path))).toEqual(plain(await fromService(path)));
    }
  });

  it('changes nothing the second time', async () => {
    const kv = join(folder, 'kv');
    const revision = async (): Promise<number> =>
      ((await (await fetch(`${service.url}/v1/changes`)).json()) as ChangesAnswer).revision;
    const [before, changes] = [await revision(), await readFile(join(kv, 'v1/changes'), 'utf8')];
    await publish(service.url);
    expect(await revision()).toBe(before);
    expect(await publish(kv)).toContain('0 of 256 pages changed');
    expect(await readFile(join(kv, 'v1/changes'), 'utf8')).toBe(changes);
  });

  it('makes a folder that a shelf lives on without a server of ours', async () => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://localhost');
      readFile(join(folder, pathname)).then(
        (body) => response.end(body),
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const shelf = await evershelf({ model: `${address}/model`, kv: `${address}/kv`, engine: 'cpu' });
    await vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(60));
    expect((await shelf.recommend({ k: 5 })).items[0]).toMatchObject({ rung: 'known', freshness: 'fresh' });
    shelf.close();
    server.closeAllConnections();
    server.close();
  });
});
