import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tokensFile } from '../../src/access/tokensFile.ts';
import type { Tokens } from '../../src/access/Tokens.ts';
import { evershelfServe } from '../evershelfServe.ts';
import { type Started, startedService } from '../startedService.ts';
import { tempFolder } from '../tempFolder.ts';

const digestOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function put(service: Started, token: string): Promise<number> {
  return (await service.send('PUT', '/v1/items', { items: [{ id: 'a' }] }, bearer(token))).status;
}

describe('a token', () => {
  it('may write, or read alone, as it was told', async () => {
    const tokens: Tokens = { write: ['old one', digestOf('new one')], read: ['reader', digestOf('other')] };
    const service = await startedService({ token: 'first', tokens: () => tokens });
    expect([
      await put(service, 'first'),
      await put(service, 'old one'),
      await put(service, 'new one'),
    ]).toEqual([200, 200, 200]);
    for (const token of ['reader', 'other']) {
      const refused = await service.send('PUT', '/v1/items', { items: [{ id: 'a' }] }, bearer(token));
      expect(refused).toMatchObject({
        status: 403,
        body: { error: 'found a token that may read only, wanted one that may write' },
      });
      expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    }
    for (const wrong of ['first one', 'firs', digestOf('new one'), 'read', 'sha256:'])
      expect(await put(service, wrong)).toBe(401);
  });

  it('comes and goes while the service runs, and an old one overlaps with a new one', async () => {
    let tokens: Tokens = { write: ['old'], read: [] };
    const service = await startedService({ token: '', tokens: () => tokens });
    const statuses = async (): Promise<number[]> => [await put(service, 'old'), await put(service, 'new')];
    expect(await statuses()).toEqual([200, 401]);
    tokens = { write: ['new', 'old'], read: [] };
    expect(await statuses()).toEqual([200, 200]);
    tokens = { write: ['new'], read: [] };
    expect(await statuses()).toEqual([401, 200]);
    tokens = { write: [], read: ['new'] };
    expect(await statuses()).toEqual([403, 403]);
  });
});

describe('reads', () => {
  const ROUTES = [
    '/v1/items?ids=a',
    '/v1/pages/1',
    '/v1/live',
    '/v1/pairs/1',
    '/v1/changes',
    '/v1/changes/stream',
    '/healthz',
    '/metrics',
  ];
  const tokens = (): Tokens => ({ write: ['writer'], read: ['reader'] });

  it('need no token of a service that was not told otherwise', async () => {
    const service = await startedService({ tokens });
    expect((await service.get('/v1/pages/1')).status).toBe(200);
    expect((await service.get('/v1/pages/1')).headers.get('cache-control')).toMatch(/^public,/);
  });

  it.each(ROUTES)('that are private need one: %s', async (path) => {
    const service = await startedService({ tokens, privateReads: true });
    for (const headers of [{}, bearer('wrong'), bearer('')]) {
      const refused = await service.get(path, headers);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('cache-control')).toBe('no-store');
    }
    for (const token of ['reader', 'writer']) {
      const away = new AbortController();
      const answer = await fetch(service.url + path, { headers: bearer(token), signal: away.signal });
      expect(answer.status).toBe(200);
      // Or a cache between would answer others with it.
      expect(answer.headers.get('cache-control') ?? '').not.toContain('public');
      away.abort();
    }
    expect((await fetch(service.url + path, { method: 'HEAD' })).status).toBe(401);
  });

  it('that are private end a stream with the token that opened it', async () => {
    let now = tokens();
    const service = await startedService({ tokens: () => now, privateReads: true });
    const stream = await fetch(`${service.url}/v1/changes/stream`, { headers: bearer('reader') });
    now = { write: ['writer'], read: [] };
    expect((await service.send('PUT', '/v1/items', { items: [{ id: 'a' }] }, bearer('writer'))).status).toBe(
      200,
    );
    const { revision } = JSON.parse((await service.get('/healthz', bearer('writer'))).text) as {
      revision: number;
    };
    expect(await stream.text()).not.toContain(`id: ${revision}`);
  });

  it('that are private leave health to the orchestrator, and events to the shoppers', async () => {
    const service = await startedService({ tokens, privateReads: true });
    for (const path of ['/livez', '/readyz']) expect((await service.get(path)).status).toBe(200);
    expect((await service.post([{ item: 'a', kind: 'view' }])).status).toBe(202);
  });
});

describe('a file of tokens', () => {
  async function opened(text: string): Promise<{
    file: string;
    told: string[];
    tokens(): Tokens;
    reload(): Promise<void>;
  }> {
    const file = join(await tempFolder(), 'tokens.json');
    await writeFile(file, text);
    const told: string[] = [];
    const kept = await tokensFile(file, {
      changed: ({ write, read }) => told.push(`${write.length} write, ${read.length} read`),
      kept: (why) => told.push(why),
      every: 20,
    });
    onTestFinished(kept.close);
    return { file, told, ...kept };
  }

  it('has the form that docs/service.md shows', async () => {
    const document = await readFile(new URL('../../../../docs/service.md', import.meta.url), 'utf8');
    const shown = /```json\n(.*?)```/s.exec(document)![1]!;
    const { tokens } = await opened(shown);
    expect(tokens()).toEqual(JSON.parse(shown));
    expect([tokens().write.length, tokens().read.length]).toEqual([1, 1]);
  });

  it('is read anew when it changes, be it written over or replaced', async () => {
    const { file, told, tokens } = await opened('{"write": ["a"]}');
    expect(tokens()).toEqual({ write: ['a'], read: [] });
    await writeFile(file, '{"write": ["a", "bb"], "read": ["c"]}');
    await expect.poll(tokens).toEqual({ write: ['a', 'bb'], read: ['c'] });
    await writeFile(`${file}.new`, `{"write": ["${digestOf('d')}"]}`);
    await rename(`${file}.new`, file);
    await expect.poll(tokens).toEqual({ write: [digestOf('d')], read: [] });
    expect(told).toEqual(['2 write, 1 read', '1 write, 0 read']);
  });

  it.each([
    ['half-written', '{"write": ["secret-1", "secr'],
    ['empty', ''],
    ['no object', '["secret-1"]'],
    ['of another role', '{"write": ["secret-1"], "admin": ["secret-2"]}'],
    ['with an empty token', '{"write": [""]}'],
    ['with a token that no header carries', '{"write": ["secret-1\\n"]}'],
    ['with half a digest', '{"write": ["sha256:12ab"]}'],
    ['with no list', '{"write": "secret-1"}'],
  ])('that is %s changes nothing, and what is said of it is no token and no path', async (_, text) => {
    const { file, told, tokens, reload } = await opened('{"write": ["secret-0"]}');
    await writeFile(file, text);
    await reload();
    expect(tokens()).toEqual({ write: ['secret-0'], read: [] });
    expect(told.at(-1)).toMatch(/wanted/);
    expect(told.join()).not.toMatch(/secr|12ab|tokens\.json/);
  });

  it('that is gone changes nothing', async () => {
    const { file, told, tokens, reload } = await opened('{"write": ["a"]}');
    await rename(file, `${file}.away`);
    await reload();
    expect(tokens().write).toEqual(['a']);
    expect(told[0]).toContain('cannot be read (ENOENT)');
  });

  it('must be there and hold tokens at the start', async () => {
    await expect(opened('{')).rejects.toThrow(/tokens\.json: found a tokens file that is no JSON/);
  });
});

describe('evershelf-serve --tokens', { timeout: 30_000 }, () => {
  it('takes new tokens at SIGHUP, keeps them where the file is broken, and logs none', async () => {
    const file = join(await tempFolder(), 'tokens.json');
    await writeFile(file, '{"write": ["secret-old"]}');
    const running = evershelfServe('--port', '0', '--memory', '--token', '', '--tokens', file);
    const url = (await running.url())!;
    const status = async (token: string): Promise<number> => {
      const body = JSON.stringify({ items: [{ id: 'a' }] });
      return (await fetch(`${url}/v1/items`, { method: 'PUT', headers: bearer(token), body })).status;
    };
    expect(await status('secret-old')).toBe(200);
    await writeFile(file, '{"write": ["secret-old", "secret-new"]}');
    running.process.kill('SIGHUP');
    await expect.poll(() => status('secret-new'), { timeout: 10_000 }).toBe(200);
    await writeFile(file, '{"write": ["secret-');
    running.process.kill('SIGHUP');
    await expect
      .poll(() => running.text(), { timeout: 10_000 })
      .toContain('the tokens from before stay valid');
    expect([await status('secret-old'), await status('secret-new'), await status('secret-')]).toEqual([
      200, 200, 401,
    ]);
    expect(running.text()).toContain('tokens changed');
    expect(running.text()).not.toMatch(/secret-|tokens\.json/);
  });
});
