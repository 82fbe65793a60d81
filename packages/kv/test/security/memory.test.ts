import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { startedService } from '../startedService.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes of the heap once all that is free is collected. */
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

it('keeps 16 MiB of answers about items at most, however long and many the addresses are', async () => {
  const { url } = await startedService();
  const ask = async (k: number): Promise<void> => {
    // Ids that are no item's, cut out of addresses that are 12,000 characters long.
    const answer = await fetch(`${url}/v1/items?ids=nobody-has-this-id-${k}&x=${'y'.repeat(11_900)}`);
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  };
  for (let k = 0; k < 100; k++) await ask(k);
  const before = heap();
  for (let k = 100; k < 2600; k += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => ask(k + i)));
  // All 2,500 of them are 30 MB.
  expect(heap() - before).toBeLessThan(24);
});
