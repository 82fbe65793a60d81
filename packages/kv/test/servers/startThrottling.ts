import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Throttling {
  readonly endpoint: string;
  /** How many keys it held back by now. */
  held(): number;
  stop(): Promise<void>;
}

type Batch = Record<string, { Keys: unknown[] } | unknown[]>;

/** A way to a DynamoDB that does half of each batch of more than one, and says that it left the rest, as one at its limits does. */
export async function startThrottling(to: string): Promise<Throttling> {
  let held = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { RequestItems?: Batch };
    const [field, rest] = halve(body.RequestItems);
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    const answer = await fetch(to, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as Record<string, unknown>;
    if (rest !== undefined) said[field] = rest;
    response
      .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(said));
  }).listen(0, '127.0.0.1');
  /** Takes half out of a batch. Returns under what name an answer says so, and that half. */
  const halve = (batch: Batch | undefined): [field: string, rest: Batch | undefined] => {
    const [table, what] = Object.entries(batch ?? {})[0] ?? [];
    const list = Array.isArray(what) ? what : (what?.Keys ?? []);
    const field = Array.isArray(what) ? 'UnprocessedItems' : 'UnprocessedKeys';
    if (list.length < 2) return [field, undefined];
    const rest = list.splice(Math.ceil(list.length / 2));
    held += rest.length;
    return [field, { [table!]: Array.isArray(what) ? rest : { ...what, Keys: rest } }];
  };
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: () => held,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
