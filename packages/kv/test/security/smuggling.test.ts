import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/http/watched.ts';
import { type Started, startedService, TOKEN } from '../startedService.ts';
import { raw } from './raw.ts';

const BODY = '{"events":[{"item":"a","kind":"view"}]}';
/** What must never be seen as a request of its own. */
const INNER = `DELETE /v1/items HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 13\r\n\r\n{"ids":["a"]}`;
const chunk = (text: string, more = ''): string => `${text.length.toString(16)}${more}\r\n${text}\r\n`;
const LAST = '0\r\n\r\n';

const post = (headers: readonly string[], body: string): string =>
  `POST /v1/events HTTP/1.1\r\nHost: a\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
const length = (text: string | number): string =>
  `Content-Length: ${typeof text === 'number' ? text : text.length}`;
const CHUNKED = 'Transfer-Encoding: chunked';

async function shop(): Promise<{ service: Started; told: Answered[] }> {
  const told: Answered[] = [];
  const service = await startedService({ answered: (each) => told.push(each) });
  await service.put([{ id: 'a' }]);
  told.length = 0;
  return { service, told };
}

const REFUSED: [name: string, request: string][] = [
  ['a length beside chunks', post([length(4), CHUNKED], `${LAST}${INNER}`)],
  ['chunks beside a length', post([CHUNKED, length(4)], `${LAST}${INNER}`)],
  ['two lengths', post([length(0), length(INNER)], INNER)],
  ['the same length twice', post([length(BODY), length(BODY)], BODY + INNER)],
  ['a list of lengths', post([`Content-Length: ${BODY.length}, ${BODY.length}`], BODY + INNER)],
  ['a length with a sign', post([`Content-Length: +${BODY.length}`], BODY + INNER)],
  ['a length below 0', post(['Content-Length: -1'], BODY + INNER)],
  ['a hexadecimal length', post([`Content-Length: 0x${BODY.length.toString(16)}`], BODY + INNER)],
  ['a length of two numbers', post(['Content-Length: 1 2'], BODY + INNER)],
  ['a header that goes on in the next line', post([`X: y\r\n ${CHUNKED}`, length(BODY)], BODY + INNER)],
  ['a coding in the next line', post([`Transfer-Encoding:\r\n chunked`, length(4)], `${LAST}${INNER}`)],
  ['a space before the colon', post(['Transfer-Encoding : chunked', length(4)], `${LAST}${INNER}`)],
  ['a space before a name', post([` ${CHUNKED}`, length(4)], `${LAST}${INNER}`)],
  ['a vertical tab before the coding', post(['Transfer-Encoding:\v chunked', length(4)], `${LAST}${INNER}`)],
  ['chunked, identity', post(['Transfer-Encoding: chunked, identity'], chunk(BODY) + LAST + INNER)],
  ['identity', post(['Transfer-Encoding: identity', length(BODY)], BODY + INNER)],
  ['xchunked', post(['Transfer-Encoding: xchunked'], chunk(BODY) + LAST + INNER)],
  ['gzip, chunked', post(['Transfer-Encoding: gzip, chunked'], chunk(BODY) + LAST + INNER)],
  ['another coding before chunked', post(['Transfer-Encoding: cow', CHUNKED], chunk(BODY) + LAST + INNER)],
  ['chunked twice', post([CHUNKED, CHUNKED], chunk(BODY) + LAST + INNER)],
  [
    'chunks of HTTP/1.0',
    post([CHUNKED, 'Connection: keep-alive'], chunk(BODY) + LAST + INNER).replace('HTTP/1.1', 'HTTP/1.0'),
  ],
  ['lines that end with LF', post([length(0)], INNER).replaceAll('\r\n', '\n')],
  ['one line that ends with LF', post([`X: y\n${CHUNKED}`], LAST + INNER)],
  ['one line that ends with CR', post([`X: y\r${CHUNKED}`, length(4)], `${LAST}${INNER}`)],
  ['a name with NUL', post([`X\0: y`, length(0)], INNER)],
  ['a value with NUL', post([`X: \0`, length(0)], INNER)],
  ['two hosts', post(['Host: b', length(0)], INNER)],
  ['no host', post([length(0)], INNER).replace('Host: a\r\n', '')],
];

/** The body is wrong: the request is answered, or not, and what stands behind it never is. */
const BROKEN: [name: string, request: string][] = [
  ['a chunk of LF lines', post([CHUNKED], `${BODY.length.toString(16)}\n${BODY}\r\n${LAST}${INNER}`)],
  ['an extension with LF', post([CHUNKED], `2;\nxx\r\n${INNER.length.toString(16)}\r\n${LAST}${INNER}`)],
  ['a chunk of 0x', post([CHUNKED], `0x${chunk(BODY)}${LAST}${INNER}`)],
  ['a chunk of a length with a sign', post([CHUNKED], `+${chunk(BODY)}${LAST}${INNER}`)],
  ['a chunk of over 64 bits', post([CHUNKED], `fffffffffffffffff\r\n${BODY}\r\n${LAST}${INNER}`)],
  ['a chunk that is longer than it says', post([CHUNKED], `1\r\n${BODY}\r\n${LAST}${INNER}`)],
  ['extensions of 20 kB', post([CHUNKED], chunk(BODY, `;${'x'.repeat(20_000)}`) + LAST + INNER)],
];

describe('a request that a proxy in front may see otherwise', () => {
  it.each(REFUSED)('is refused, and its connection closed: %s', async (_, request) => {
    const { service, told } = await shop();
    const connection = await raw(service.port);
    connection.send(request);
    expect(await connection.closed).toMatch(/^HTTP\/1\.1 400 /);
    expect(connection.statuses()).toEqual([400]);
    for (const { status } of told) expect(status).toBe(400);
    expect((await service.get('/healthz')).body.items).toBe(1);
  });

  it.each(BROKEN)('hides none behind it: %s', async (_, request) => {
    const { service, told } = await shop();
    const connection = await raw(service.port);
    connection.send(request);
    await connection.closed;
    expect(connection.statuses().every((status) => status === 400 || status === 413)).toBe(true);
    // The body's end is the client's fault, and no error of the service.
    expect(told.map(({ method, status }) => `${method} ${status}`).join()).toMatch(/^(POST 400)?$/);
    expect((await service.get('/healthz')).body.items).toBe(1);
  });

  it('hides none in the body of a read, and the next one is answered as itself', async () => {
    const { service, told } = await shop();
    const connection = await raw(service.port);
    connection.send(
      `GET /v1/changes HTTP/1.1\r\nHost: a\r\n${length(INNER)}\r\n\r\n${INNER}GET /livez HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    await expect.poll(connection.statuses).toEqual([200, 200]);
    expect(told.map(({ route }) => route)).toEqual(['/v1/changes', '/livez']);
  });

  it('is none where a chunk has an extension, as it may', async () => {
    const { service } = await shop();
    const connection = await raw(service.port);
    connection.send(post([CHUNKED], chunk(BODY, ';name=value') + LAST));
    await expect.poll(connection.statuses).toEqual([202]);
  });

  it.each(['CONNECT a:1', 'PRI *', 'GET http://other/../v1/items/../../etc', 'OPTIONS *'])(
    'is no way to another place: %s',
    async (line) => {
      const { service } = await shop();
      const connection = await raw(service.port);
      connection.send(`${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      await connection.closed;
      for (const status of connection.statuses()) expect([400, 404]).toContain(status);
    },
  );
});
