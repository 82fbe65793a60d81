import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saidOf } from '../../src/saidOf.ts';
import { evershelfServe } from '../evershelfServe.ts';
import { operations } from '../openapi/operations.ts';
import { tempFolder } from '../tempFolder.ts';
import { raw } from './raw.ts';

const TOKEN = 'secret-of-the-shop';
const OTHER = 'secret-of-the-file';
/** A path of the machine, a line of a stack, a token, a password. */
const LEAK =
  /secret|\/srv\/|\/etc\/|items\.mdb|node_modules|\.[cm]?[tj]s\b|^\s*at |\bat \S+ \(|file:\/\/|hunter2/m;

/** A store that works until a file is there, then fails with all that a log and an answer may not have. */
const STORE = (flag: string): string => `
import { existsSync } from 'node:fs';
const kept = new Map();
const work = () => {
  if (!existsSync(${JSON.stringify(flag)})) return;
  const error = new Error("EIO: i/o error, read '/srv/shop of me/items.mdb' as ${TOKEN}, ${OTHER}, redis://me:hunter2@db:6379/0 (file:///srv/x.ts:1:2)\\n    at read (/srv/node_modules/store.js:1:2)", { cause: new TypeError('Bearer ${TOKEN} of C:\\\\srv\\\\secret') });
  error.code = 'EIO';
  error.path = '/srv/shop/items.mdb';
  console.error(error);
  throw error;
};
export default () => ({
  async getMany(keys) { work(); return keys.map((key) => kept.get(key.join('|'))?.value); },
  async putMany(entries, version) {
    work();
    return entries.map(([key, value]) => {
      const name = key.join('|');
      if ((kept.get(name)?.version ?? -1) >= version) return false;
      kept.set(name, { value, version });
      return true;
    });
  },
  async deleteMany(keys) { work(); for (const key of keys) kept.delete(key.join('|')); },
  async *scan(group) {
    work();
    for (const [name, { value }] of kept) if (name.startsWith(group + '|')) yield [name.slice(group.length + 1), value];
  },
  async close() { work(); },
});
`;

/** What a request may be that nobody meant, behind its method. */
const ADDRESSES = [
  '/%00',
  '/v1/pages/%00',
  '/v1/pages/..%2f..%2fetc%2fpasswd',
  '/v1/../../../../etc/passwd',
  '/v1/pages/%',
  '/v1/pages/%zz',
  '/v1/pages/%c0%ae%c0%ae',
  '/v1/items?ids=%zz%00',
  '/v1/items?ids=__proto__,constructor',
  '/v1/changes?since=%ff',
  '/v1/changes/stream?since=-1',
  '/openapi.json/../../packages/kv/package.json',
  '//etc/passwd',
  '/\\..\\..\\windows',
  `/v1/items?ids=${'a'.repeat(13_000)}`,
  `/${'a'.repeat(20_000)}`,
];
const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '\0',
  '{"items":[{"id":"a","__proto__":1}]}',
  '{"events":[{}]}',
  '{"ids":[{}]}',
];

describe('evershelf-serve', { timeout: 60_000 }, () => {
  it('says no path, stack or token, whatever it is asked and whatever fails', async () => {
    const folder = await tempFolder();
    const [store, tokens, flag] = ['store.mjs', 'tokens.json', 'broken'].map((name) => join(folder, name));
    await writeFile(store!, STORE(flag!));
    await writeFile(tokens!, JSON.stringify({ write: [OTHER] }));
    const options = ['--data', folder, '--store', `module:${store}`, '--token', TOKEN, '--tokens', tokens!];
    const running = evershelfServe('--port', '0', '--log-level', 'debug', ...options);
    const port = Number(new URL((await running.url())!).port);
    let answers = '';
    const ask = async (method: string, target: string, headers: string, body: string): Promise<void> => {
      const connection = await raw(port);
      connection.send(
        `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      // A stream that works has no end of its own.
      if (target.startsWith('/v1/changes/stream'))
        await expect.poll(() => connection.text() !== '' || connection.socket.closed).toBe(true);
      else await connection.closed;
      answers += connection.text();
    };
    const authorized = `Authorization: Bearer ${TOKEN}\r\n`;
    const routes = operations.map(({ path }) => path.replace(/\{\w+\}/, '7'));
    for (const target of ADDRESSES) await ask('GET', target, '', '');
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'HEAD', 'PROPFIND'])
      for (const target of new Set(routes)) await ask(method, target, authorized, '');
    for (const body of BODIES)
      for (const { method, path } of operations)
        if (method !== 'GET') await ask(method, path, authorized, body);
    await ask('PUT', '/v1/items', `Authorization: Bearer secret-${'x'.repeat(100)}\r\n`, '{}');
    await ask('GET', '/v1/items?ids=a', `X-Huge: ${'x'.repeat(20_000)}\r\n`, '');
    await ask('GET', '/v1/items?ids=a', 'X-Many: y\r\n'.repeat(150), '');
    await ask('GET', '/v1/items?ids=a', 'Expect: nonsense\r\n', '');

    // Now the store fails, on each route; so do the tokens.
    await writeFile(flag!, '');
    await writeFile(tokens!, `{"write": ["${OTHER}", "secret-h`);
    running.process.kill('SIGHUP');
    const given: Record<string, string> = {
      PUT: '{"items":[{"id":"a"}]}',
      DELETE: '{"ids":["a"]}',
      POST: '{"events":[{"item":"a","kind":"view"}]}',
    };
    for (const { method, path } of operations)
      await ask(method, `${path.replace(/\{\w+\}/, '9')}?ids=z&since=9e15`, authorized, given[method] ?? '');
    for (const path of ['/v1/pages/9', '/v1/pairs/9', '/v1/items?ids=z', '/v1/live', '/readyz'])
      await ask('GET', path, '', '');
    await expect
      .poll(() => running.text(), { timeout: 10_000 })
      .toContain('the tokens from before stay valid');
    running.process.kill('SIGTERM');
    await running.ended;

    expect(answers).toContain('HTTP/1.1 500 ');
    expect(answers).toContain('found an error of the service itself');
    expect(running.text()).toContain('"code":"EIO"');
    expect(running.text()).toContain('a library says');
    expect(LEAK.exec(answers)?.[0]).toBeUndefined();
    expect(LEAK.exec(running.text())?.[0]).toBeUndefined();
  });
});

describe('what a log says of an error', () => {
  it.each([
    ["ENOENT: no such file, open '/var/my data/x'", 'ENOENT: no such file, open [path]'],
    ['cannot read C:\\shop\\items.mdb now', 'cannot read [path] now'],
    ['lost redis://me:pass@db.example:6379/0?x=1', 'lost redis://db.example:6379'],
    ['lost https://db.example/table', 'lost https://db.example'],
    ['see file:///srv/shop/x.ts:1:2', 'see [path]'],
    ['refused Bearer abc.def', 'refused Bearer [token]'],
    ['found tiger-1 in tiger-12', 'found [token] in [token]2'],
    ['thrown\n    at work (/srv/x.js:1:2)\n    at more', 'thrown'],
    ['x'.repeat(10_000), 'x'.repeat(300)],
  ])('has nothing of its path, token or stack: %s', (message, told) => {
    expect(saidOf(new Error(message), ['tiger-1', 'a']).message).toBe(told);
  });

  it('names its kind, code and cause, and no more', () => {
    const error = Object.assign(new TypeError('broken', { cause: new Error('of /srv/x') }), {
      code: 'EIO',
      path: '/x',
    });
    expect(saidOf(error)).toEqual({
      name: 'TypeError',
      message: 'broken',
      code: 'EIO',
      cause: { name: 'Error', message: 'of [path]' },
    });
    expect(saidOf('a text of /srv/x')).toEqual({ name: 'string', message: 'a text of [path]' });
    expect(saidOf(new AggregateError([new Error('one')], 'several'))).toMatchObject({
      cause: { message: 'one' },
    });
  });
});
