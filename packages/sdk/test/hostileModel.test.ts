import { FILES, MANIFEST, writeArtifact } from '@evershelf/model';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { smallArtifact } from '../../model/test/smallArtifact.ts';
import { evershelf } from '../src/index.ts';
import { openNetwork } from '../src/metadata/network.ts';
import { listen } from './listen.ts';

/** Zeros that nobody has room for, packed into some kilobytes. */
const ZEROS = new Uint8Array(2 ** 26);
const PACKED = {
  gzip: gzipSync(ZEROS, { level: 1 }),
  br: brotliCompressSync(ZEROS, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

/** Where an artifact is whose named file is a bomb. */
async function bombed(name: string, coding: 'gzip' | 'br'): Promise<string> {
  const { draft, parts } = smallArtifact();
  const files = await writeArtifact(draft, parts);
  const server = await listen((request, response) => {
    const asked = new URL(request.url!, 'http://localhost').pathname.slice(1);
    if (asked !== name) return void response.end(files.get(asked));
    response.writeHead(200, { 'content-encoding': coding }).end(PACKED[coding]);
  });
  onTestFinished(server.close);
  return server.url;
}

it.each([
  [MANIFEST, 'gzip'],
  [FILES.items, 'br'],
  [FILES.catalogue, 'gzip'],
] as const)(
  'given that %s unpacks to 64 MB (%s), then the model is refused by its name',
  async (name, coding) => {
    const model = await bombed(name, coding);
    await expect(evershelf({ model, consent: 'none' })).rejects.toThrow(
      new RegExp(`${name}: found \\d+ bytes`),
    );
  },
);

it.each(['gzip', 'br'] as const)(
  'given a file that unpacks to 64 MB (%s), when 1,000 bytes are wanted, then it is read to the part in which they end',
  async (coding) => {
    const url = await bombed(FILES.tables, coding);
    const ending = new AbortController();
    onTestFinished(() => ending.abort());
    const network = openNetwork(fetch, () => {}, ending.signal);
    const body = await network.get(url + FILES.tables, {}, 1000);
    expect(body.length).toBeGreaterThan(1000);
    expect(body.length).toBeLessThan(2 ** 20);
    expect(network.used()).toEqual({ requests: 1, bytes: body.length });
  },
);
