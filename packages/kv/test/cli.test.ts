import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ItemsAnswer } from '@evershelf/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  /** What it has written to either stream by now. */
  text(): string;
  /** The address it prints, or undefined where it ends before. */
  url(): Promise<string | undefined>;
  /** Its exit code. */
  ended: Promise<number | null>;
}

function evershelfServe(...args: string[]): Running {
  const { EVERSHELF_TOKEN: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: args.includes('--token') ? env : { ...env, EVERSHELF_TOKEN: 'from the environment' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = new Promise<string | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const found = /^listening on (\S+)$/m.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    void ended.then(() => resolve(undefined));
  });
  return { process: child, text: () => text, url: () => url, ended };
}

function send(url: string, method: string, path: string, body: object, token: string): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

describe('evershelf-serve', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 at %s, and its data is there after',
    async (signal) => {
      const data = join(await tempFolder(), 'data');
      const args = ['--port', '0', '--data', data, '--token', 'secret'];
      const first = evershelfServe(...args);
      const url = (await first.url())!;
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await send(url, 'PUT', '/v1/items', { items: [{ id: 'a', price: 4 }] }, 'secret')).status).toBe(
        200,
      );
      expect(
        (await send(url, 'POST', '/v1/events', { events: [{ item: 'a', kind: 'view' }] }, '')).status,
      ).toBe(202);
      first.process.kill(signal);
      expect(await first.ended, first.text()).toBe(0);

      const second = evershelfServe(...args);
      const answer = (await (await fetch(`${await second.url()}/v1/items?ids=a`)).json()) as ItemsAnswer;
      expect(answer.items).toEqual([
        { item: { id: 'a', price: 4 }, revision: expect.any(Number), live: [11, 11, 11] },
      ]);
      expect(await readFile(join(data, 'events.jsonl'), 'utf8')).toContain('"item_id":"a"');
    },
  );

  it('keeps everything in memory, and takes its token from the environment', async () => {
    const running = evershelfServe('--port', '0', '--memory', '--host', 'localhost');
    const url = (await running.url())!;
    expect(url).toMatch(/^http:\/\/localhost:/);
    const { status } = await send(url, 'PUT', '/v1/items', { items: [{ id: 'a' }] }, 'from the environment');
    expect(status).toBe(200);
  });

  it('says that writes are refused where it has no token', async () => {
    const running = evershelfServe('--port', '0', '--memory', '--token', '');
    await running.url();
    expect(running.text()).toContain('found no token, writes are refused');
  });

  it('says when the port is taken', async () => {
    const { port } = await startedService();
    const running = evershelfServe('--port', String(port), '--memory');
    expect(await running.ended).toBe(1);
    expect(running.text()).toBe(
      `evershelf-serve: port ${port}: found it taken on 127.0.0.1, wanted a free one, choose another with --port\n`,
    );
  });

  it('says when the folder cannot be opened', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'file'), '');
    const running = evershelfServe('--port', '0', '--data', join(folder, 'file'));
    expect(await running.ended).toBe(1);
    expect(running.text()).toMatch(/^evershelf-serve: .*events\.jsonl: could not be opened/);
  });

  it('refuses options that make no sense, and never prints the token', async () => {
    const running = evershelfServe('--port', 'http');
    expect(await running.ended).toBe(1);
    expect(running.text()).toContain('Wanted 0 to 65535');
    expect(running.text()).not.toContain('from the environment');
  });
});
