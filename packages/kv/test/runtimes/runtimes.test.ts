import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type ChangesAnswer, encodeLive, type ItemsAnswer, pageOf } from '@evershelf/model';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { describeWith } from '../servers/describeWith.ts';
import { missingProgram, PROGRAMS } from './programs.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FILES = ['node.js', 'bun.js', 'deno.js', 'worker.js', 'worker.capnp'];
/** What Workers have of Node's modules by `nodejs_compat`, as far as the handler needs it. */
const MODULES = ['node:crypto', 'node:timers/promises', 'node:util', 'node:zlib'];
/** Imported where a shop's store is one of DynamoDB. */
const PEER = '@aws-sdk/client-dynamodb';

let folder: string;
/** What the handler, as one file, imports. */
let imported: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-handler-'));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      minify: false,
      emptyOutDir: false,
      lib: { entry: at('../../src/handler.ts'), formats: ['es'], fileName: () => 'handler.js' },
      rollupOptions: { external: [/^node:/, PEER] },
    },
  });
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
  imported = output.flatMap((file) =>
    file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [],
  );
  for (const file of FILES) await copyFile(at(file), join(folder, file));
  await symlink(at('../../node_modules'), join(folder, 'node_modules'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program in the folder; settles with the address that it names. */
async function started(program: string, args: readonly string[], address: RegExp): Promise<string> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  return await new Promise((resolve, reject) => {
    for (const stream of child.stdio.slice(1) as Readable[])
      createInterface(stream).on('line', (line) => {
        text += `${line}\n`;
        const found = address.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(text)));
  });
}

/** What a service does, wherever it runs. */
async function serves(url: string): Promise<void> {
  const headers = { authorization: 'Bearer secret' };
  const put = (items: readonly object[]): Promise<Response> =>
    fetch(`${url}v1/items`, { method: 'PUT', headers, body: JSON.stringify({ items }) });
  expect((await fetch(`${url}readyz`)).status).toBe(200);
  expect((await fetch(`${url}v1/items`, { method: 'PUT', body: '{}' })).status).toBe(401);
  const items = Array.from({ length: 2000 }, (_, i) => ({ id: `item ${i}`, title: 'one like the other' }));
  expect(await (await put(items.slice(0, 1000))).json()).toMatchObject({ written: 1000 });
  const { revision } = (await (await put(items.slice(1000))).json()) as { revision: number };

  const page = `${url}v1/pages/${pageOf('item 7', 256)}?r=${revision}`;
  for (const coding of ['br', 'gzip']) {
    const answer = await fetch(page, { headers: { 'accept-encoding': coding } });
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding');
    expect(JSON.stringify(await answer.json())).toContain('"item 7"');
    const known = { 'accept-encoding': coding, 'if-none-match': answer.headers.get('etag')! };
    expect((await fetch(page, { headers: known })).status).toBe(304);
  }

  const away = new AbortController();
  const stream = await fetch(`${url}v1/changes/stream?since=${revision}`, { signal: away.signal });
  const messages = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('data: ')) told += (await messages.read()).value!;
  expect(JSON.parse(/data: (.*)/.exec(told)![1]!)).toMatchObject({
    revision,
  } satisfies Partial<ChangesAnswer>);
  away.abort();

  const events = JSON.stringify({ events: [{ item: 'item 7', kind: 'view' }] });
  expect((await fetch(`${url}v1/events`, { method: 'POST', body: events })).status).toBe(202);
  await vi.waitFor(
    async () => {
      const answer = (await (await fetch(`${url}v1/items?ids=item 7`)).json()) as ItemsAnswer;
      expect(answer.items[0]!.live).toEqual(Array(3).fill(encodeLive(1)));
    },
    { timeout: 20_000, interval: 200 },
  );
}

it('the handler needs no module of Node that Workers lack', () => {
  expect(imported.toSorted()).toEqual([PEER, ...MODULES]);
});

it('the handler on Node serves a shop', async () => {
  await serves(await started(process.execPath, ['node.js'], /listening on (\S+)/));
});

describeWith(missingProgram('workerd'), 'the handler on Cloudflare Workers', () => {
  it('serves a shop', async () => {
    const args = ['serve', 'worker.capnp', '--control-fd=3'];
    const port = await started(PROGRAMS.workerd, args, /"event":"listen".*"port":(\d+)/);
    await serves(`http://127.0.0.1:${port}/`);
  });
});

describeWith(missingProgram('bun'), 'the handler on Bun', () => {
  it('serves a shop', async () => {
    await serves(await started(PROGRAMS.bun, ['bun.js'], /listening on (\S+)/));
  });
});

describeWith(missingProgram('deno'), 'the handler on Deno', () => {
  it('serves a shop', async () => {
    await serves(await started(PROGRAMS.deno, ['run', '--allow-net', 'deno.js'], /listening on (\S+)/));
  });
});
