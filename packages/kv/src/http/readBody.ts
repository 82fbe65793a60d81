import type { Context } from 'hono';
import { RequestError } from './RequestError.ts';
import { wellFormed } from './wellFormed.ts';

/** What a list in a body may be. */
export interface ListLimits {
  /** Entries. */
  readonly most: number;
  /** Of the whole body. */
  readonly bytes: number;
}

/** Levels of a body: what is deeper overflows the stack of who looks at it. */
const MOST_LEVELS = 32;

/**
 * The named list of a JSON body, whatever content type it came with, beside the whole body, and how many characters that has.
 *
 * @throws {RequestError} where the body is too long, compressed, or no JSON object of few levels with that list of 1 to `most` entries
 */
export async function readList(
  c: Context,
  name: string,
  { most, bytes }: ListLimits,
): Promise<{ list: unknown[]; body: Record<string, unknown>; length: number }> {
  if (!/^(identity)?$/i.test(c.req.header('content-encoding') ?? ''))
    throw new RequestError(415, 'found a body in a coding, wanted it as it is, send it uncompressed');
  const text = await readText(c, bytes);
  const body = parse(text);
  if (body !== undefined && isDeeper(body, MOST_LEVELS))
    throw new RequestError(400, `found a body of over ${MOST_LEVELS} levels, wanted {"${name}": [...]}`);
  const list = body?.[name];
  if (body === undefined || !Array.isArray(list)) {
    const found = body === undefined ? 'a body that is no JSON object' : `no list "${name}"`;
    throw new RequestError(400, `found ${found}, wanted {"${name}": [...]}`);
  }
  if (list.length === 0) throw new RequestError(400, `found no ${name}, wanted 1 to ${most}`);
  if (list.length > most)
    throw new RequestError(400, `found ${list.length} ${name}, wanted at most ${most}, send several batches`);
  return { list, body, length: text.length };
}

/** Reads no more than `bytes`, and nothing where the request says that it has more. */
async function readText(c: Context, bytes: number): Promise<string> {
  const length = c.req.header('content-length');
  if (length !== undefined && Number(length) > bytes) throw tooLong(bytes);
  try {
    if (length !== undefined) return await c.req.text();
    const chunks: Uint8Array[] = [];
    let read = 0;
    for await (const chunk of c.req.raw.body ?? []) {
      read += chunk.length;
      if (read > bytes) throw tooLong(bytes);
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof RequestError) throw error;
    // Who sends it has broken off, took too long, or sent chunks that are none: no fault of the service.
    throw new RequestError(400, 'found a body that does not end, wanted all of it, send it again');
  }
}

function tooLong(bytes: number): RequestError {
  return new RequestError(413, `found a body over ${bytes} bytes, wanted less, send smaller batches`);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(wellFormed(text));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Looks without calling itself. */
function isDeeper(value: object, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each).filter(isObject) : [],
    );
  }
  return false;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
