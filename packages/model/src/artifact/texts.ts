import { ArtifactError } from './ArtifactError.ts';

/** A list of texts of which some may be absent; one is decoded when it is asked for. An array of texts is one as well. */
export interface Texts {
  readonly length: number;
  /** Text i; undefined where it is absent, or there is no text i. */
  at(i: number): string | undefined;
}

/** Texts that lie one behind the other in memory. */
export interface PackedTexts extends Texts {
  /** As UTF-8, with `END` behind each. */
  readonly bytes: Uint8Array;
}

/** Bytes that UTF-8 never uses: behind each text, and for one that is absent. */
export const END = 0xff;
const NONE = 0xfe;

/** Texts of a block: where each block begins is kept, and the texts in front of one in its block are gone through. */
const BLOCK = 8;

/** Texts of so many bytes are short. */
const SHORT = 99;

export const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Texts as they are written: UTF-8, each followed by a byte that no text has, and how many bytes each block of them takes. */
export interface WrittenTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sizes: ArrayLike<number> & Iterable<number>;
}

/** Halves of a surrogate pair become U+FFFD. */
export function writeTexts(texts: readonly (string | undefined)[]): WrittenTexts {
  const parts = texts.map((text) => (text === undefined ? Uint8Array.of(NONE) : encoder.encode(text)));
  const sizes = Array.from({ length: Math.ceil(parts.length / BLOCK) }, () => 0);
  parts.forEach(({ length }, i) => (sizes[Math.floor(i / BLOCK)]! += length + 1));
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0)).fill(END);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length + 1;
  }
  return { bytes, sizes };
}

/**
 * Reads texts, without a copy.
 *
 * @param file and `name` of the texts, for errors
 * @param count how many there should be
 * @throws {ArtifactError} where the sizes are not those of the bytes
 */
export function readTexts(
  file: string,
  name: string,
  { bytes, sizes }: WrittenTexts,
  count: number,
): PackedTexts {
  const starts = new Uint32Array(sizes.length + 1);
  let end = 0;
  for (let block = 0; block < sizes.length; block++) starts[block + 1] = end += sizes[block]!;
  if (sizes.length !== Math.ceil(count / BLOCK) || end !== bytes.length)
    throw new ArtifactError(file, `${sizes.length} blocks of ${name} to byte ${end}`, `${count} texts`);
  return {
    length: count,
    bytes,
    at(i) {
      if (i >= count) return undefined;
      let from = starts[Math.floor(i / BLOCK)]!;
      for (let rest = i % BLOCK; rest > 0; rest--) from = bytes.indexOf(END, from) + 1;
      return bytes[from] === NONE ? undefined : decoded(bytes.subarray(from, bytes.indexOf(END, from)));
    },
  };
}

/** The decoder takes longer to be called than a short text of ASCII to be put together; a call takes only so many arguments. */
function decoded(bytes: Uint8Array): string {
  if (bytes.length > SHORT || bytes.some((byte) => byte > 127)) return decoder.decode(bytes);
  return String.fromCharCode(...bytes);
}
