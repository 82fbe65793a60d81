import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryStore, type RunningService, startService } from '../../packages/kv/src/index.ts';
import { writeArtifact } from '../../packages/model/src/index.ts';
import type { ChangesAnswer, PageAnswer, PairsAnswer, StoredPairs } from '../../packages/model/src/index.ts';
import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';
import { evershelf } from '../../packages/sdk/src/index.ts';
import { commandOf } from '../../packages/trainer/test/commandOf.ts';

let folder: string;
let service: RunningService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-publish-'));
  const { draft, parts } = smallArtifact();
  const noPairs = { ...parts.pairs, start: parts.pairs.start.map(() => 0), to: parts.pairs.to.slice(0, 0) };
  const without = { ...parts, pairs: { ...noPairs, weight: new Int8Array() } };
  await writeModel('model', await writeArtifact(draft, parts));
  await writeModel('model without pairs', await writeArtifact(draft, without));
  // The clock stands, so that no pair has aged between two answers.
  const now = (): number => 1_760_000_000;
  service = await startService({ store: memoryStore(), token: 'secret', port: 0, now });
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function writeModel(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await mkdir(join(folder, name));
  for (const [file, bytes] of files) await writeFile(join(folder, name, file), bytes);
}

async function publish(to: string, model = 'model'): Promise<string> {
  const artifact = join(folder, model);
  const { code, out, err } = await commandOf(
    'publish',
    '--artifact',
    artifact,
    '--to',
    to,
    '--token',
    'secret',
  );
  expect(code, err).toBe(0);
  return out;
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

  it('gives both the pairs of the artifact', async () => {
    const items: StoredPairs[] = [];
    for (let page = 0; page < 256; page++) {
      const served = (await (await fetch(`${service.url}/v1/pairs/${page}`)).json()) as PairsAnswer;
      expect(JSON.parse(await readFile(join(folder, `kv/v1/pairs/${page}`), 'utf8'))).toEqual(served);
      items.push(...served.items);
    }
    expect(items).toHaveLength(25);
    expect(items).toContainEqual({ id: 'item 2 ü', pairs: [['item 4 ü', 4.95]] });
  });

  it('writes no pairs where the artifact has none, and empties those of an earlier publication', async () => {
    const pairsOf = async (to: string): Promise<string> => {
      await publish(join(folder, to), 'model without pairs');
      return await readFile(join(folder, to, 'v1/pairs/7'), 'utf8').catch(() => 'none');
    };
    await cp(join(folder, 'kv'), join(folder, 'other'), { recursive: true });
    expect(await pairsOf('other')).toBe('{"page":7,"items":[]}');
    expect(await pairsOf('new')).toBe('none');
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
    await vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(60), 30_000);
    expect((await shelf.recommend({ k: 5 })).items[0]).toMatchObject({ rung: 'known', freshness: 'fresh' });
    shelf.close();
    server.closeAllConnections();
    server.close();
  });
});
