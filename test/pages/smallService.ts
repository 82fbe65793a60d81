import { memoryStore, startService } from '../../packages/kv/src/index.ts';
import type { Item } from '../../packages/model/src/index.ts';

/** A device asks for each of them: 256, as a service has where it is not told otherwise, are more than what a journey is about. */
const PAGES = 8;

/** Starts a metadata service that has the items of a shop in a few pages, in memory; gives its address. */
export async function smallService(items: readonly Item[]): Promise<string> {
  const token = 'of the small shop';
  const { url } = await startService({ store: memoryStore(), pages: PAGES, port: 0, token });
  const answer = await fetch(`${url}/v1/items`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return url;
}
