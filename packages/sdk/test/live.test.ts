import { decodeLive, encodeLive } from '@evershelf/model';
import { expect, it, vi } from 'vitest';
import type { Shelf } from '../src/index.ts';
import { learnt, testShelves } from './testShelves.ts';

/** Live counters, from events at the service to the score on the device. */

const at = testShelves();
/** Weight of `live1` in the test shop's model. */
const WEIGHT = 0.1;

async function buy(id: string, times: number): Promise<void> {
  const events = Array.from({ length: times }, (_, n) => ({ item: id, kind: 'purchase', session: `${n}` }));
  const body = JSON.stringify({ events });
  const answer = await fetch(`${at.shop.kv}/v1/events`, { method: 'POST', body });
  expect(answer.status).toBe(202);
  await at.shop.service.flush();
}

/** A stranger is ranked by other weights. */
const counted = (shelf: Shelf, id: string): number =>
  shelf.explain(id, { context: at.shop.items[9]! })!.signals.live1 / WEIGHT;

it('count in the score, and keep what the model knows of what was not counted', async () => {
  const [bought, other] = at.shop.items.map(({ id }) => id);
  const alone = await at.open({ kv: '' });
  await buy(bought!, 5);
  const shelf = await at.open();
  await learnt(shelf);
  await vi.waitFor(() => expect(counted(shelf, bought!)).toBeCloseTo(decodeLive(encodeLive(5)), 5), 10_000);
  expect(counted(shelf, other!)).toBeCloseTo(counted(alone, other!), 5);
});

it('are on the device at the next visit, before anything is asked', async () => {
  const [bought] = at.shop.items.map(({ id }) => id);
  await buy(bought!, 7);
  const first = await at.open();
  await learnt(first);
  const wanted = decodeLive(encodeLive(7));
  await vi.waitFor(() => expect(counted(first, bought!)).toBeCloseTo(wanted, 5), 10_000);
  first.close();
  const later = await at.open({ fetch: () => Promise.reject(new TypeError('no network')), refresh: 0 });
  await vi.waitFor(() => expect(counted(later, bought!)).toBeCloseTo(wanted, 5), 10_000);
});
