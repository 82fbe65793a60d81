import { encodeUtf8, utf8Bytes } from './utf8.ts';

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** Scrambles one little-endian 32-bit block before it is mixed into the state. */
function scramble(block: number): number {
  const k = Math.imul(block, C1);
  return Math.imul((k << 15) | (k >>> 17), C2);
}

/** Mixes one full 4-byte block into the state. */
function mixBlock(state: number, block: number): number {
  const h = state ^ scramble(block);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Folds in the byte length and avalanches the state to an unsigned 32-bit integer. */
function finish(state: number, length: number): number {
  let h = state ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashBytes(bytes: Uint8Array, length: number, seed: number): number {
  const tail = length & ~3;
  let h = seed | 0;
  for (let i = 0; i < tail; i += 4) {
    h = mixBlock(h, bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
  }
  if (tail < length) {
    let k = 0;
    for (let i = length - 1; i >= tail; i--) k = (k << 8) | bytes[i]!;
    h ^= scramble(k);
  }
  return finish(h, length);
}

/** Hashes straight from the char codes; -1 (never a hash) as soon as one is not ASCII. */
function hashAscii(text: string, seed: number): number {
  const length = text.length;
  const tail = length & ~3;
  let h = seed | 0;
  for (let i = 0; i < tail; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    if ((a | b | c | d) >= 0x80) return -1;
    h = mixBlock(h, a | (b << 8) | (c << 16) | (d << 24));
  }
  if (tail < length) {
    let k = 0;
    for (let i = length - 1; i >= tail; i--) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return -1;
      k = (k << 8) | code;
    }
    h ^= scramble(k);
  }
  return finish(h, length);
}

/**
 * MurmurHash3, the x86 32-bit variant, of a text's UTF-8 bytes or of the bytes given. Equal to scikit-learn's
 * `murmurhash3_32(text, seed, positive=True)` and Python's `mmh3.hash(text, seed, signed=False)`. Not
 * cryptographic.
 *
 * Source of the formula: Austin Appleby's MurmurHash3 (`MurmurHash3_x86_32`, public domain).
 *
 * @param text A string, hashed as UTF-8 (a lone surrogate counts as U+FFFD, as `TextEncoder` does), or bytes
 *   hashed as they are. All-ASCII strings are hashed without encoding them first.
 * @param seed An integer, taken modulo 2^32: 0 to 4294967295, or the same bits as a signed integer.
 * @returns An unsigned 32-bit integer, 0 to 4294967295.
 */
export function murmur3(text: string | Uint8Array, seed: number): number {
  if (typeof text !== 'string') return hashBytes(text, text.length, seed);
  const hash = hashAscii(text, seed);
  if (hash >= 0) return hash;
  const length = encodeUtf8(text);
  return hashBytes(utf8Bytes(), length, seed);
}
