import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventFolder, lmdbStore, startService } from '../../src/index.ts';
import { bundled } from '../bundled.ts';
import { logged } from '../logged.ts';
import { TOKEN } from '../startedService.ts';
import { tempFolder } from '../tempFolder.ts';
import { mayMount, smallDisk } from './smallDisk.ts';

const IS_FULL =
  /^found a disk that is full, wanted room for what is written; nothing of it was kept, send it again later$/;

interface Refusable {
  readonly status: number;
  readonly error?: string;
}

/** What a test does to a service, be it in this process or in one of its own. */
interface Writing {
  put(ids: readonly string[]): Promise<Refusable>;
  /** Sends events of these ids. */
  post(ids: readonly string[]): Promise<Refusable>;
  /** How many of the ids it holds as items. */
  count(ids: readonly string[]): Promise<number>;
  isReady(): Promise<boolean>;
}

function writing(url: string): Writing {
  const send = async (method: string, path: string, body: object): Promise<Refusable> => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    const { error } = (await answer.json()) as { error?: string };
    return error === undefined ? { status: answer.status } : { status: answer.status, error };
  };
  return {
    put: (ids) => send('PUT', '/v1/items', { items: ids.map((id) => ({ id, title: 'x'.repeat(300) })) }),
    post: (ids) =>
      send('POST', '/v1/events', { events: ids.map((id) => ({ id, item: 'a', kind: 'view', session: id })) }),
    async count(ids) {
      const answer = await fetch(`${url}/v1/items?ids=${ids.join(',')}`);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { items: unknown[] }).items.length;
    },
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  };
}

const batch = (k: number): string[] => Array.from({ length: 100 }, (_, i) => `${k}/${i}`);

/** Puts batches until one is refused. @returns those that were acknowledged, and the refusal */
async function fill({
  put,
}: Writing): Promise<{ acknowledged: string[][]; refusal: { status: number; error?: string } }> {
  const acknowledged: string[][] = [];
  for (let k = 0; k < 200; k++) {
    const answer = await put(batch(k));
    if (answer.status !== 200) return { acknowledged, refusal: answer };
    acknowledged.push(batch(k));
  }
  throw new Error('found no end of the disk');
}

/** A service in this process, whose disk may refuse what it has to write at its end. */
async function opened(folder: string): Promise<{ shop: Writing; close(): Promise<void> }> {
  const { url, close } = await startService({
    store: lmdbStore(join(folder, 'items.mdb')),
    events: await eventFolder(join(folder, 'events')),
    port: 0,
    token: TOKEN,
    flushSeconds: 1e6,
    limits: { eventsPerMinute: 1e9, requestsPerMinute: 1e9, charactersPerMinute: 1e9 },
    report: () => {},
  });
  let closed: Promise<void> | undefined;
  const closing = (): Promise<void> => (closed ??= close().catch(() => {}));
  onTestFinished(closing);
  return { shop: writing(url), close: closing };
}

describe.skipIf(!mayMount)(
  `a disk that is full${mayMount ? '' : ' (skipped: this user may mount no disk; a limit on files stands for it below)'}`,
  { timeout: 120_000 },
  () => {
    it('is told of, loses nothing, is read from, and is written to again once it has room', async () => {
      const { folder, resize } = await smallDisk(2);
      const { shop, close } = await opened(folder);
      const { acknowledged, refusal } = await fill(shop);
      expect(refusal).toEqual({ status: 503, error: expect.stringMatching(IS_FULL) });
      expect(acknowledged.length).toBeGreaterThan(5);
      // The latest one may be in the log alone, and comes to its place with the room.
      for (const ids of acknowledged.slice(0, -1)) expect(await shop.count(ids)).toBe(ids.length);
      expect(await shop.isReady()).toBe(true);

      // So it is for a service that starts there.
      await close();
      const { shop: again } = await opened(folder);
      for (const ids of acknowledged.slice(0, -1)) expect(await again.count(ids)).toBe(ids.length);
      expect((await again.put(batch(999))).status).toBe(503);

      resize(16);
      expect((await again.put(batch(999))).status).toBe(200);
      for (const ids of [...acknowledged, batch(999)]) expect(await again.count(ids)).toBe(ids.length);
    });

    it('takes no event that it cannot keep, and keeps each that it took', async () => {
      const { folder, resize } = await smallDisk(1);
      const { shop } = await opened(folder);
      const taken: string[] = [];
      let refusal: Refusable = { status: 202 };
      for (let k = 0; refusal.status === 202; k++) {
        const ids = batch(k);
        refusal = await shop.post(ids);
        if (refusal.status === 202) taken.push(...ids);
      }
      expect(refusal).toEqual({ status: 503, error: expect.stringMatching(IS_FULL) });
      expect(taken.length).toBeGreaterThan(1000);
      expect(await shop.count(['a'])).toBe(0);
      resize(4);
      expect((await shop.post(['later'])).status).toBe(202);
      const lines = await logged(join(folder, 'events'));
      expect(lines.map(({ event_id }) => event_id).toSorted()).toEqual([...taken, 'later'].toSorted());
    });
  },
);

describe.skipIf(!mayMount)(
  `a disk that can only be read${mayMount ? '' : ' (skipped: this user may mount no disk)'}`,
  { timeout: 120_000 },
  () => {
    it('is told of with each write, and read from', async () => {
      const { folder, setReadOnly } = await smallDisk(2);
      const { shop: before, close: closeIt } = await opened(folder);
      expect((await before.put(batch(0))).status).toBe(200);
      expect((await before.post(['1'])).status).toBe(202);
      await closeIt();
      setReadOnly(true);
      const was = await bytesOf(folder);

      const { shop, close } = await opened(folder);
      const refused = {
        status: 503,
        error: `found a disk that can only be read, wanted one to write to; nothing of it was kept, send it again later`,
      };
      expect(await shop.put(['later'])).toEqual(refused);
      expect(await shop.post(['2'])).toEqual(refused);
      expect(await shop.count(batch(0))).toBe(100);
      expect(await shop.isReady()).toBe(true);
      // What the log held is known.
      expect((await shop.post(['1'])).status).toBe(202);
      await close();
      expect(await bytesOf(folder)).toEqual(was);

      setReadOnly(false);
      expect((await (await opened(folder)).shop.put(['later'])).status).toBe(200);
    });
  },
);

// Anybody may set this one: what a quota does, or a file system with a largest file.
describe.skipIf(process.platform !== 'linux')('a file that may not grow', { timeout: 120_000 }, () => {
  it('is told of, loses nothing, is read from, and is written to again once it may', async () => {
    const data = await tempFolder();
    const child = await bundled('test/killing/servingChild.ts');
    const running = spawn(process.execPath, [child, `lmdb:${data}`, data, TOKEN], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void running.kill('SIGKILL'));
    const [url] = (await once(createInterface(running.stdout), 'line')) as [string];
    const limit = (bytes: string): void =>
      void execFileSync('prlimit', ['--pid', `${running.pid}`, `--fsize=${bytes}:`]);
    const shop = writing(url);
    limit('1000000');
    const { acknowledged, refusal } = await fill(shop);
    expect(refusal).toEqual({
      status: 503,
      error: expect.stringMatching(
        /^found a disk that (is full|fails), wanted .*; nothing of it was kept, send it again later$/,
      ),
    });
    for (const ids of acknowledged.slice(0, -1)) expect(await shop.count(ids)).toBe(ids.length);
    limit('unlimited');
    expect((await shop.put(batch(999))).status).toBe(200);
    for (const ids of [...acknowledged, batch(999)]) expect(await shop.count(ids)).toBe(ids.length);
    expect(running.exitCode).toBeNull();
  });
});

/** Files of a folder but LMDB's table of readers, which is no part of what is kept. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.name.endsWith('-lock'));
  return Object.fromEntries(
    await Promise.all(
      files.map(
        async ({ parentPath, name }) =>
          [name, (await readFile(join(parentPath, name))).toString('hex')] as const,
      ),
    ),
  );
}
