import { ArtifactError } from './ArtifactError.ts';

/** A list of texts of which some may be absent; one is decoded when it is asked for. An array of texts is one as well. */
export interface Texts {
  readonly length: number;
  /** Text i; undefined where it is absent, or there is no text i. */
  at(i: number): string | undefined;
}

/** Texts that lie one behind the other in memory. */
export interface PackedTexts extends Texts {
  /** Goes through the UTF-8 of each. */
  each(look: (bytes: Uint8Array) => void): void;
}

/** Bytes that UTF-8 never uses: behind each text, and for one that is absent. */
const END = 0xff;
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
 * @param isEach true where none of them may be absent
 * @throws {ArtifactError} where the sizes are not those of the bytes, or one is absent that may not
 */
export function readTexts(
  file: string,
  name: string,
  { bytes, sizes }: WrittenTexts,
  count: number,
  isEach?: boolean,
): PackedTexts {
  let end = 0;
  /** Where each block ends. */
  const ends = Uint32Array.from(sizes, (size) => (end += size));
  if (sizes.length !== Math.ceil(count / BLOCK) || end !== bytes.length || (isEach && bytes.includes(NONE)))
    throw new ArtifactError(file, `${sizes.length} blocks of ${name} to byte ${end}`, `${count} texts`);
  /** Where texts begin and end, from the first one of a block on: one ends with its block, where nothing ends it before. */
  const walk = (first: number, until: number, look: (from: number, to: number) => void): void => {
    for (let i = first, to = 0; i < until; i++) {
      const from = i % BLOCK > 0 ? to + 1 : (ends[i / BLOCK - 1] ?? 0);
      const most = ends[Math.floor(i / BLOCK)]!;
      for (to = from; to < most && bytes[to] !== END;) to++;
      look(from, to);
    }
  };
  return {
    length: count,
    at(i) {
      let own: Uint8Array | undefined;
      if (i < count) walk(i - (i % BLOCK), i + 1, (from, to) => (own = bytes.subarray(from, to)));
      return own && own[0] !== NONE ? decoded(own) : undefined;
    },
    each: (look) => walk(0, count, (from, to) => look(bytes.subarray(from, to))),
  };
}

/** The decoder takes longer to be called than a short text of ASCII to be put together; a call takes only so many arguments. */
function decoded(bytes: Uint8Array): string {
  if (bytes.length > SHORT || bytes.some((byte) => byte > 127)) return decoder.decode(bytes);
  return String.fromCharCode(...bytes);
}
