import { type BenchServer, TOKEN } from './startService.ts';

/** Puts batches, one after the other. */
export async function loadItems({ url }: BenchServer, batches: Iterable<string>): Promise<void> {
  for (const body of batches) {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/v1/items`, { method: 'PUT', headers, body });
    if (!answer.ok) throw new Error(`found status ${answer.status}, wanted 200: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
