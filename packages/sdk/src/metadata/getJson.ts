import { type Network, NetworkError } from './network.ts';

/**
 * What a metadata service answers to a GET.
 *
 * @throws {NetworkError}
 */
export async function getJson(network: Network, url: string, init?: RequestInit): Promise<unknown> {
  const body = await network.get(url, init);
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    throw new NetworkError(`${url}: found ${body.length} bytes that are no JSON, wanted a metadata service`);
  }
}
