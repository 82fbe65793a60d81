import type { Context } from 'hono';
import { RequestError } from './RequestError.ts';

/** What a list in a body may be. */
export interface ListLimits {
  /** Entries. */
  readonly most: number;
  /** Of the whole body. */
  readonly bytes: number;
}

/**
 * The named list of a JSON body, whatever content type it came with, beside the whole body.
 *
 * @throws {RequestError} where the body is too long, or no JSON object with that list of 1 to `most` entries
 */
export async function readList(
  c: Context,
  name: string,
  { most, bytes }: ListLimits,
): Promise<{ list: unknown[]; body: Record<string, unknown> }> {
  const body = parse(await readText(c, bytes));
  const list = body?.[name];
  if (body === undefined || !Array.isArray(list)) {
    const found = body === undefined ? 'a body that is no JSON object' : `no list "${name}"`;
    throw new RequestError(400, `found ${found}, wanted {"${name}": [...]}`);
  }
  if (list.length === 0) throw new RequestError(400, `found no ${name}, wanted 1 to ${most}`);
  if (list.length > most)
    throw new RequestError(400, `found ${list.length} ${name}, wanted at most ${most}, send several batches`);
  return { list, body };
}

/** Reads no more than `bytes`, and nothing where the request says that it has more. */
async function readText(c: Context, bytes: number): Promise<string> {
  const length = c.req.header('content-length');
  if (length !== undefined) {
    if (Number(length) > bytes) throw tooLong(bytes);
    return await c.req.text();
  }
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    read += chunk.length;
    if (read > bytes) throw tooLong(bytes);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function tooLong(bytes: number): RequestError {
  return new RequestError(413, `found a body over ${bytes} bytes, wanted less, send smaller batches`);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
