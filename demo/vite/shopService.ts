import type { Item } from 'evershelf';

/** The metadata service, as the shop's own people use it. */
export interface ShopService {
  readonly address: string;
  get(id: string): Promise<Item | undefined>;
  put(item: Item): Promise<void>;
}

/**
 * @param address of the service, in front of `/v1/`
 * @param token what it asks of those who write
 */
export function shopService(address: string, token: string): ShopService {
  const items = `${address.replace(/\/$/, '')}/v1/items`;
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) }).catch(() => {
      throw new Error('The metadata service cannot be reached.');
    });
    if (!answer.ok) throw new Error(`The metadata service answered ${answer.status}.`);
    return answer;
  };
  return {
    address,
    async get(id) {
      const answer = await ask(`${items}?ids=${encodeURIComponent(id)}`);
      return ((await answer.json()) as { items: { item: Item }[] }).items[0]?.item;
    },
    async put(item) {
      await ask(items, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ items: [item] }),
      });
    },
  };
}
