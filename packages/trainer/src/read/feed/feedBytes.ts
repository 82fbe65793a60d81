import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../InputError.ts';
import { withHead } from './withHead.ts';

/** Told of the bytes that were read, and of how many there are; Infinity where nobody said. */
export type ReadBytes = (done: number, of: number) => void | Promise<void>;

/** True for the name of a feed that is fetched. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** What a feed is called in messages: an address without what it may hold of a password. */
export function feedName(source: string): string {
  if (!isAddress(source)) return source;
  const { protocol, host, pathname } = addressOf(source);
  return `${protocol}//${host}${pathname}`;
}

/**
 * The bytes of a feed, unpacked where they are gzip.
 *
 * @param source a file, or an address of http or https, with `user:password@` where the shop wants them
 * @throws {InputError} where it cannot be had, or ends before its end
 */
export async function* feedBytes(source: string, progress: ReadBytes = () => {}): AsyncGenerator<Uint8Array> {
  const { bytes, size } = isAddress(source) ? await fetched(source) : await opened(source);
  let done = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      done += chunk.length;
      await progress(Math.min(done, size), size);
      yield chunk;
    }
  };
  try {
    yield* await unpacked(counted());
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${feedName(source)}: found ${(error as Error).message} after ${done.toLocaleString('en')} bytes, wanted a whole feed`,
    );
  }
}

interface Opened {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly size: number;
}

async function opened(file: string): Promise<Opened> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile())
    throw new InputError(
      `${file}: found ${found === undefined ? 'no such file' : 'no file'}, wanted a feed: .xml, .tsv, .txt or .csv, plain or .gz, or its address`,
    );
  return { bytes: createReadStream(file), size: found.size };
}

async function fetched(source: string): Promise<Opened> {
  const url = addressOf(source);
  const { username, password } = url;
  [url.username, url.password] = ['', ''];
  const login = Buffer.from(`${plain(username)}:${plain(password)}`);
  const answer = await fetch(url, {
    headers: username === '' ? {} : { authorization: `Basic ${login.toString('base64')}` },
  }).catch((error: Error) => {
    throw new InputError(
      `${feedName(source)}: could not be reached (${String(error.cause ?? error.message)}), wanted a feed`,
    );
  });
  if (!answer.ok || answer.body === null)
    throw new InputError(`${feedName(source)}: found status ${answer.status}, wanted 200 and a feed`);
  // The length is that of the bytes on the wire, which a coding makes other than those that come out.
  const length = answer.headers.has('content-encoding') ? null : answer.headers.get('content-length');
  return { bytes: Readable.fromWeb(answer.body as never), size: length === null ? Infinity : Number(length) };
}

/** A part of a login as it was before it was written for an address; as it stands where its `%` says no byte. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function addressOf(source: string): URL {
  try {
    return new URL(source);
  } catch {
    throw new InputError(`${source}: found no address, wanted one such as https://shop.example/feed.xml`);
  }
}

/** Gzip is told by its first bytes: names of feeds often do not say it, and a web server may have unpacked it. */
async function unpacked(bytes: AsyncGenerator<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const first = await bytes.next();
  if (first.done === true) return bytes;
  const all = withHead(first.value, bytes);
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) return all;
  const gunzip = createGunzip();
  // What goes wrong on the way destroys it, and is thrown where it is read.
  pipeline(all, gunzip).catch(() => {});
  return gunzip;
}

/** The first bytes of a file, at most `most` of them after unpacking; what a table of attributes begins with. */
export async function firstBytes(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(most), 0, most, 0);
    const raw = buffer.subarray(0, bytesRead);
    if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw;
    const gunzip = createGunzip();
    const chunks: Uint8Array[] = [];
    let size = 0;
    gunzip.end(raw);
    try {
      for await (const chunk of gunzip) {
        chunks.push(chunk as Uint8Array);
        size += (chunk as Uint8Array).length;
        if (size >= most) break;
      }
    } catch {
      // The file goes on where these bytes end.
    }
    return Buffer.concat(chunks).subarray(0, most);
  } finally {
    await handle.close();
  }
}
