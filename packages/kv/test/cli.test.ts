import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ItemsAnswer } from '@evershelf/model';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { evershelfServe } from './evershelfServe.ts';
import { logged } from './logged.ts';
import { describeWith } from './servers/describeWith.ts';
import { missingRedis } from './servers/missingRedis.ts';
import { startRedis } from './servers/startRedis.ts';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

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
      expect(await logged(join(data, 'events'))).toMatchObject([{ item_id: 'a' }]);
    },
  );

  it('keeps everything in memory, and takes options from the environment', async () => {
    const running = evershelfServe('--port', '0', '--host', 'localhost', { EVERSHELF_MEMORY: '1' });
    const url = (await running.url())!;
    expect(url).toMatch(/^http:\/\/localhost:/);
    const { status } = await send(url, 'PUT', '/v1/items', { items: [{ id: 'a' }] }, 'from the environment');
    expect(status).toBe(200);
  });

  it.each(['', '0', 'false', 'no', 'OFF'])('sets no switch whose variable says %j', async (no) => {
    const data = join(await tempFolder(), 'data');
    const running = evershelfServe('--port', '0', {
      EVERSHELF_DATA: data,
      EVERSHELF_MEMORY: no,
      EVERSHELF_PRIVATE_READS: no,
      EVERSHELF_STORE: '',
    });
    const url = await running.url();
    expect((await fetch(`${url}/v1/changes`)).status).toBe(200);
    expect(await readdir(data)).toContain('items.mdb');
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
    expect(running.text()).toMatch(/^evershelf-serve: .*events: could not be opened/);
  });

  it('shows for each option how the environment names it', async () => {
    const running = evershelfServe('--help');
    expect(await running.ended).toBe(0);
    const help = running.text().replaceAll(/\s+/g, ' ');
    const flags = [...help.matchAll(/--([a-z-]+) (?!.{0,20}display)/g)].map(([, name]) => name!);
    const options = flags.filter((name) => name !== 'help');
    expect(options).toContain('log-level');
    for (const name of options)
      expect(help).toContain(`env: EVERSHELF_${name.replaceAll('-', '_').toUpperCase()})`);
    expect(help).not.toContain('from the environment');
  });

  it('logs each request as one line of JSON, which names no item and no token', async () => {
    const running = evershelfServe('--port', '0', '--memory', '--token', 'secret');
    const url = (await running.url())!;
    await send(url, 'PUT', '/v1/items', { items: [{ id: 'cheese' }] }, 'secret');
    await (await fetch(`${url}/v1/items?ids=cheese`)).text();
    await (await fetch(`${url}/v1/pages/7?r=12`)).text();
    await (await fetch(`${url}/cheese`)).text();
    running.process.kill('SIGTERM');
    await running.ended;
    const lines = running.logged().filter(({ msg }) => msg === 'answered');
    expect(lines, running.text()).toMatchObject([
      { method: 'PUT', route: '/v1/items', status: 200 },
      { method: 'GET', route: '/v1/items', status: 200 },
      { method: 'GET', route: '/v1/pages/:page', status: 200 },
      { method: 'GET', route: 'other', status: 404 },
    ]);
    for (const line of lines)
      expect(line).toMatchObject({ level: 'info', ms: expect.any(Number), bytes: expect.any(Number) });
    expect(running.text()).not.toMatch(/cheese|secret/);
  });

  it('logs no more than it was told to', async () => {
    const running = evershelfServe('--port', '0', '--memory', '--log-level', 'warn', '--token', '');
    await vi.waitFor(() => expect(running.logged()).toMatchObject([{ level: 'warn' }]), 10_000);
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(running.logged()).toHaveLength(1);
  });

  it('says which stores there are, and takes one or memory', async () => {
    const args = ['--port', '0', '--data', await tempFolder()];
    const running = evershelfServe(...args, '--store', 'postgres://me:secret@host');
    expect(await running.ended).toBe(1);
    expect(running.text()).toMatch(
      /^evershelf-serve: store: found postgres:\/\/host, wanted memory, lmdb:FOLDER, /,
    );
    const both = evershelfServe('--port', '0', '--memory', '--store', 'memory');
    expect(await both.ended).toBe(1);
    expect(both.text()).toContain("option '--memory' cannot be used with option '--store <where>'");
  });

  it('refuses options that make no sense, and never prints the token', async () => {
    const running = evershelfServe('--port', 'http');
    expect(await running.ended).toBe(1);
    expect(running.text()).toContain('Wanted 0 to 65535');
    expect(running.text()).not.toContain('from the environment');
    const half = evershelfServe('--memory', '--port', '0', '--pages', '0.5');
    expect(await half.ended).toBe(1);
    expect(half.text()).toContain('Wanted a power of two, 1 to 65536.');
    for (const name of ['', 'x forwarded for', 'x-forwarded-for:']) {
      const header = evershelfServe('--memory', '--port', '0', '--client-header', name);
      expect(await header.ended).toBe(1);
      expect(header.text()).toContain('Wanted the name of a header.');
    }
  });
});

describeWith(missingRedis(), 'evershelf-serve --store redis://', () => {
  it('serves what another service on the same Redis was told', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const data = await tempFolder();
    const services = ['a', 'b'].map((name) =>
      evershelfServe('--port', '0', '--data', join(data, name), '--store', redis.url, '--token', 'secret'),
    );
    const [one, other] = await Promise.all(services.map((service) => service.url()));
    expect((await send(one!, 'PUT', '/v1/items', { items: [{ id: 'ä' }] }, 'secret')).status).toBe(200);
    await vi.waitFor(
      async () => {
        const answer = (await (await fetch(`${other}/v1/items?ids=ä`)).json()) as ItemsAnswer;
        expect(answer.items.map(({ item }) => item)).toEqual([{ id: 'ä' }]);
      },
      { timeout: 20_000, interval: 100 },
    );
    for (const service of services) service.process.kill('SIGTERM');
    expect(await Promise.all(services.map((service) => service.ended))).toEqual([0, 0]);
  });
});
