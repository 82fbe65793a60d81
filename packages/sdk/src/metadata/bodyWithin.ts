import { NetworkError } from './network.ts';

/** Most bytes of an answer, unpacked: a page of a million items has less. */
const MOST = 8 * 1024 * 1024;

/**
 * The body of an answer. What is longer than any answer of a metadata service is read no further.
 *
 * @throws {NetworkError} where it is longer
 */
export async function bodyWithin(answer: Response): Promise<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    if (bytes <= MOST) continue;
    await reader?.cancel();
    throw new NetworkError(`${answer.url}: found more than ${MOST} bytes, wanted a metadata service`);
  }
  return await new Blob(parts).arrayBuffer();
}
