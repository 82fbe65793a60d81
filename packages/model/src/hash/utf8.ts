/**
 * UTF-8 encoding into one scratch buffer that every hash call reuses, so hashing a string allocates nothing
 * once the buffer is as large as the longest text seen.
 */

const REPLACEMENT = 0xfffd;

let bytes = new Uint8Array(256);
let view = new DataView(bytes.buffer);

/**
 * Encodes `text` as UTF-8 at the start of the shared scratch buffer. A lone surrogate becomes U+FFFD
 * (EF BF BD), exactly as `TextEncoder` does.
 *
 * @param text Any JavaScript string.
 * @returns The number of bytes written, 0 to 3 * `text.length`. Read them with {@link utf8Bytes} or
 *   {@link utf8View} before the next call, which overwrites them.
 */
export function encodeUtf8(text: string): number {
  const units = text.length;
  // A UTF-16 code unit needs at most 3 bytes (a surrogate pair, two units, needs 4).
  const needed = units * 3;
  if (needed > bytes.length) {
    bytes = new Uint8Array(Math.max(needed, bytes.length * 2));
    view = new DataView(bytes.buffer);
  }
  const out = bytes;
  let at = 0;
  for (let i = 0; i < units; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      out[at++] = code;
      continue;
    }
    if (code < 0x800) {
      out[at++] = 0xc0 | (code >> 6);
      out[at++] = 0x80 | (code & 0x3f);
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      // Past the end charCodeAt gives NaN, which fails both comparisons.
      const next = text.charCodeAt(i + 1);
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        i++;
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        out[at++] = 0xf0 | (code >> 18);
        out[at++] = 0x80 | ((code >> 12) & 0x3f);
        out[at++] = 0x80 | ((code >> 6) & 0x3f);
        out[at++] = 0x80 | (code & 0x3f);
        continue;
      }
      code = REPLACEMENT;
    }
    out[at++] = 0xe0 | (code >> 12);
    out[at++] = 0x80 | ((code >> 6) & 0x3f);
    out[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}

/** The scratch buffer {@link encodeUtf8} last wrote to; bytes past the returned count are leftovers. */
export function utf8Bytes(): Uint8Array {
  return bytes;
}

/** A `DataView` over the same memory as {@link utf8Bytes}. */
export function utf8View(): DataView {
  return view;
}
