import { InputError } from '../InputError.ts';

/** Bytes in which an XML declaration says its encoding. */
const HEAD = 256;

/**
 * Bytes as text: UTF-8, or what a byte order mark or the XML declaration says. Bytes that the encoding does not have become
 * U+FFFD.
 *
 * @param name of the feed, for messages
 * @throws {InputError} where the declared encoding is none that is known
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = new Uint8Array();
  for await (const chunk of bytes) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    decoder = decoderOf(head, name);
    yield decoder.decode(head, { stream: true });
  }
  decoder ??= decoderOf(head, name);
  if (head.length < HEAD) yield decoder.decode(head, { stream: true });
  yield decoder.decode();
}

function decoderOf(head: Uint8Array, name: string): TextDecoder {
  const encoding = encodingOf(head);
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new InputError(`${name}: found encoding ${encoding}, wanted one that is known, such as UTF-8`);
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb) return 'utf-8';
  const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(
    String.fromCharCode(...head.subarray(0, HEAD)),
  );
  return declaration?.[1] ?? 'utf-8';
}
