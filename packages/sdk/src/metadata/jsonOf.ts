import { NetworkError } from './network.ts';

/** The JSON of a service's answer. @throws {NetworkError} where it is none */
export function jsonOf(url: string, body: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    throw new NetworkError(`${url}: found ${body.length} bytes that are no JSON, wanted a metadata service`);
  }
}
