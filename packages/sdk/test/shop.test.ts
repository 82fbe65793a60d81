import * as fc from 'fast-check';
import { type Item, pageOf, readArtifact, RUNGS, writeArtifact } from '@evershelf/model';
import { expect, it } from 'vitest';
import { smallArtifact } from '../../model/test/smallArtifact.ts';
import { hasItem } from '../src/engines/mask.ts';
import { shopPages } from '../src/metadata/shopPages.ts';
import { type Shop, shopOf } from '../src/shop/shop.ts';

const { draft, parts } = smallArtifact();
const files = await writeArtifact(draft, parts);
const artifact = await readArtifact(async (name) => files.get(name)!);

/** Items of the artifact, and some that it does not hold. */
const item = fc
  .record({ at: fc.nat(79), brand: fc.nat(9), inStock: fc.boolean() })
  .map(({ at, brand, inStock }): Item => ({
    id: artifact.catalogue.ids.at(at) ?? `new ${at}`,
    category: ['Food'],
    brand: `Brand ${brand}`,
    inStock,
  }));
const step = fc.oneof(
  fc.record({
    what: fc.constant('page' as const),
    items: fc.array(item, { maxLength: 30 }),
    page: fc.nat(3),
  }),
  fc.record({ what: fc.constant('hand' as const), item }),
  fc.record({ what: fc.constant('confirm' as const), page: fc.nat(3), current: fc.boolean() }),
  fc.record({ what: fc.constant('deal' as const), pages: fc.constantFrom(4, 8) }),
  fc.record({ what: fc.constant('read' as const) }),
);

it('keeps count of its items and of those that may be recommended', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const shop = shopOf(artifact);
      const dealt = shopPages(shop);
      dealt.deal(4);
      let pages = 4;
      for (const each of steps) {
        if (each.what === 'hand') shop.hand(each.item);
        else if (each.what === 'confirm') dealt.confirm(each.page, each.current);
        else if (each.what === 'deal') dealt.deal((pages = each.pages));
        else if (each.what === 'read') shop.recommendable();
        else {
          const own = each.items.filter(({ id }) => pageOf(id, pages) === each.page);
          const items = own.map((next) => ({ item: next, revision: 1 }));
          dealt.take({ page: each.page, revision: 1, items });
        }
      }
      expect(shop.tally()).toEqual(tallied(shop));
      expect(dealt.tally()).toBe(listed(shop).filter((i) => dealt.confirmed(i)).length);
      expect(marked(shop)).toEqual(listed(shop).filter((i) => shop.item(i).inStock !== false));
    }),
    { seed: 1, numRuns: 300 },
  );
});

function listed(shop: Shop): number[] {
  return Array.from({ length: shop.count() }, (_, i) => i).filter((i) => shop.listed(i));
}

function marked(shop: Shop): number[] {
  const mask = shop.recommendable();
  expect(mask.length).toBe(Math.ceil(shop.count() / 32));
  return Array.from({ length: 32 * mask.length }, (_, i) => i).filter((i) => hasItem(mask, i));
}

function tallied(shop: Shop): ReturnType<Shop['tally']> {
  const all = listed(shop);
  const on = (rung: string): number => all.filter((i) => shop.rung(i) === rung).length;
  return {
    items: all.length,
    byRung: Object.fromEntries(RUNGS.map((rung) => [rung, on(rung)])) as ReturnType<Shop['tally']>['byRung'],
  };
}
