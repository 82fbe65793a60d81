import { expect, it } from 'vitest';
import { titleMatches } from '../../../src/storefront/placements/titleMatches.ts';
import type { Shelf } from '../../../src/types.ts';

it('a search goes through the shop once for each text, and again where the shop has changed', async () => {
  const items = [{ id: 'hat', title: 'Red hat' }];
  let walks = 0;
  let improve = (): void => {};
  const shelf: Pick<Shelf, 'items' | 'on'> = {
    items() {
      walks++;
      return [...items];
    },
    on(_, listener) {
      improve = listener;
      return () => {};
    },
  };
  const found = async (text: string) => [...(await titleMatches(shelf, text)).keys()];
  expect([await found('hat'), await found('hat'), await found('scarf')]).toEqual([['hat'], ['hat'], []]);
  expect(walks).toBe(2);

  items.push({ id: 'scarf', title: 'Red scarf' });
  improve();
  expect([await found('scarf'), await found('scarf')]).toEqual([['scarf'], ['scarf']]);
  expect(walks).toBe(3);
});
