import { describe, expect, it } from 'vitest';
import { farmFingerprint64 } from '../src/hash/farm64.ts';
import { murmur3 } from '../src/hash/murmur3.ts';
import { encodeUtf8, utf8Bytes } from '../src/hash/utf8.ts';
import fixture from './fixtures/hash.json' with { type: 'json' };

interface Vector {
  text: string;
  murmur3_x86_32: Record<string, number>;
  farm_fingerprint64: string | null;
}

const vectors = fixture.vectors as Vector[];
const seeds = [0, 1, 42, 2538058380];
const encoder = new TextEncoder();

/** `length` ASCII characters, different at every position and for every length. */
function asciiText(length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode((i * 31 + length * 7) & 0x7f);
  return text;
}

const unicodeTexts: Record<string, string> = {
  'two-byte': '\u0080\u00e9\u07ff',
  'three-byte': '\u0800\u65e5\u672c\ud7ff\ue000\ufffd\uffff',
  'four-byte': '\u{10000}\u{1f6d2}\u{10ffff}',
  'byte order mark': '\ufeffid',
  'non-ASCII after a full ASCII block': 'abcd\u00e9',
  'non-ASCII in the tail': 'abcde\u00e9',
  'non-ASCII in the middle of the tail': 'abcdef\u00e9g',
  'lone high surrogate': 'a\ud83d',
  'lone high surrogate before ASCII': '\ud83da',
  'lone low surrogate': '\uded2',
  'lone low surrogate in the middle': 'ab\uded2cd',
  'swapped pair': '\uded2\ud83d',
  'high surrogate before a pair': '\ud83d\ud83d\uded2',
  'low surrogate after a pair': '\ud83d\uded2\uded2',
  'first and last surrogates': '\ud800 \udbff \udc00 \udfff',
  'long mixed text': 'caf\u00e9 \u65e5\u672c\u8a9e \u{1f6d2} \ud83d '.repeat(40),
};

describe('murmur3', () => {
  it.each(seeds)('matches every conformance vector at seed %d', (seed) => {
    expect(vectors.length).toBeGreaterThan(200);
    for (const { text, murmur3_x86_32: expected } of vectors) {
      expect(expected[seed], text).toBeTypeOf('number');
      expect(murmur3(text, seed), text).toBe(expected[seed]);
      expect(murmur3(encoder.encode(text), seed), text).toBe(expected[seed]);
    }
  });

  it('takes the seed modulo 2^32', () => {
    for (const text of ['', 'a', 'abcde', '\u00e9']) {
      expect(murmur3(text, -1)).toBe(murmur3(text, 0xffffffff));
      expect(murmur3(text, 2538058380 - 2 ** 32)).toBe(murmur3(text, 2538058380));
    }
  });
});

describe('farmFingerprint64', () => {
  it('matches every conformance vector', () => {
    const known = vectors.filter((vector) => vector.farm_fingerprint64 !== null);
    expect(known.length).toBeGreaterThan(200);
    for (const { text, farm_fingerprint64: expected } of known) {
      expect(String(farmFingerprint64(text)), text).toBe(expected);
      expect(String(farmFingerprint64(encoder.encode(text))), text).toBe(expected);
    }
  });

  // The fixture has two texts over 64 bytes, neither a multiple of 64. Values from pyfarmhash 0.5.1 (Google's
  // C++); the npm package farmhash-modern 1.1.0 differs from it at 128, 192 and 256.
  it.each([
    [66, 17045369321335128598n],
    [100, 848950273361633975n],
    [127, 12462507573763800974n],
    [128, 944067886241556709n],
    [129, 9307092604307224687n],
    [192, 3791768496293153121n],
    [193, 3217524362263275985n],
    [256, 9606416012720299844n],
    [999, 11906828929861892057n],
  ])('matches the C++ library at %d bytes', (length, expected) => {
    const text = Array.from({ length }, (_, i) => String.fromCharCode(32 + ((i * 7) % 95))).join('');
    expect(farmFingerprint64(text)).toBe(expected);
  });
});

describe.each([
  ['murmur3', (text: string | Uint8Array) => murmur3(text, 2538058380)],
  ['farmFingerprint64', farmFingerprint64],
] as [string, (text: string | Uint8Array) => number | bigint][])('%s input', (_name, hash) => {
  it.each(Object.entries(unicodeTexts))('hashes the bytes TextEncoder gives: %s', (_label, text) => {
    expect(hash(text)).toBe(hash(encoder.encode(text)));
  });

  it('hashes ASCII texts of 0 to 200 characters as their bytes', () => {
    const seen = new Set<number | bigint>();
    for (let length = 0; length <= 200; length++) {
      const text = asciiText(length);
      const value = hash(text);
      expect(value, `length ${length}`).toBe(hash(encoder.encode(text)));
      seen.add(value);
    }
    expect(seen.size).toBe(201);
  });

  it('reads only its own part of a larger buffer', () => {
    for (let length = 0; length <= 200; length++) {
      const alone = encoder.encode(asciiText(length));
      const padded = new Uint8Array(length + 16).fill(0xff);
      padded.set(alone, 5);
      expect(hash(padded.subarray(5, 5 + length)), `length ${length}`).toBe(hash(alone));
    }
  });

  it('does not depend on the text hashed before', () => {
    const before = hash('\u00e9');
    hash('\u65e5'.repeat(5000));
    expect(hash('\u00e9')).toBe(before);
  });
});

describe('encodeUtf8', () => {
  it.each(Object.entries(unicodeTexts))('writes the bytes TextEncoder gives: %s', (_label, text) => {
    const length = encodeUtf8(text);
    expect([...utf8Bytes().subarray(0, length)]).toEqual([...encoder.encode(text)]);
  });

  it('agrees with TextEncoder on every single UTF-16 code unit', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      const text = String.fromCharCode(code);
      const expected = encoder.encode(text);
      const length = encodeUtf8(text);
      const actual = utf8Bytes();
      if (length !== expected.length || expected.some((byte, i) => byte !== actual[i])) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });
});
