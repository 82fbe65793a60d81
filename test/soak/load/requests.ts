/** What a shop's pages and its owner ask of a service, in the shares in which they do; deterministic by its number. */

export interface RequestMix {
  /** Items of the shop, `item-0` and so on, and its pages. */
  readonly items: number;
  readonly pages: number;
  readonly token: string;
  /** Sessions that send events, and addresses that ask: what is remembered of each has its place after as many. */
  readonly sessions: number;
  readonly clients: number;
}

/** Items that a lookup asks for. */
const LOOKUP = 24;

/** Request `n`, as it goes over the wire. Of a thousand, 600 look items up, 290 read a page, 50 the changes, 58 bring events, 2 put an item. */
export function requestBytes(n: number, mix: RequestMix): Buffer {
  const { items, pages, token, sessions, clients } = mix;
  // 1,000 and this have no divisor in common: all kinds come in any order.
  const kind = (n * 607) % 1000;
  const client = `x-client: 10.${(n % clients) >> 16}.${((n % clients) >> 8) & 255}.${(n % clients) & 255}`;
  if (kind < 600) {
    const ids = Array.from({ length: LOOKUP }, (_, k) => `item-${((n % 997) * 7919 + k * 104_729) % items}`);
    return get(`/v1/items?ids=${ids.join(',')}`, client);
  }
  if (kind < 890) return get(`/v1/pages/${n % pages}`, client);
  if (kind < 940) return get('/v1/changes', client);
  if (kind < 998) {
    const session = Math.floor(n / 7) % sessions;
    const event = { item: `item-${session % items}`, kind: 'view', session: `session ${session}` };
    return send('POST', '/v1/events', [client, 'content-type: text/plain'], { events: [event] });
  }
  const item = { id: `item-${n % items}`, title: `Product of request ${n}`, price: n % 1000 };
  return send('PUT', '/v1/items', [client, `authorization: Bearer ${token}`], { items: [item] });
}

function get(path: string, ...headers: readonly string[]): Buffer {
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: shop\r\n${headers.map((each) => `${each}\r\n`).join('')}\r\n`,
  );
}

function send(method: string, path: string, headers: readonly string[], body: object): Buffer {
  const text = JSON.stringify(body);
  return Buffer.from(
    [`${method} ${path} HTTP/1.1`, 'host: shop', ...headers, `content-length: ${text.length}`, '', text].join(
      '\r\n',
    ),
  );
}
