import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RequestError } from './RequestError.ts';

/** Refuses bodies of more than `bytes` before they are read. */
export function atMost(bytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new RequestError(413, `found a body over ${bytes} bytes, wanted less, send smaller batches`);
    },
  });
}

/**
 * The named list of a JSON body, whatever content type it came with, beside the whole body.
 *
 * @throws {RequestError} where the body is no JSON object with that list of 1 to `most` entries
 */
export async function readList(
  c: Context,
  name: string,
  most: number,
): Promise<{ list: unknown[]; body: Record<string, unknown> }> {
  const body = parse(await c.req.text());
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

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
