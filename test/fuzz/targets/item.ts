import { checkItem, type Item, ItemError, packPage, unpackPage } from '../../../packages/model/src/index.ts';
import { wellFormed } from '../../../packages/kv/src/http/wellFormed.ts';
import { editedJsonBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { bytesOf, jsonOf, textOf } from '../texts.ts';

const ITEM = {
  id: 'sku-1',
  title: 'Tea',
  url: 'https://shop.example/tea',
  image: '/tea.jpg',
  category: ['Food', 'Tea'],
  price: 2.5,
  inStock: true,
  brand: 'Ceylon',
  tags: ['loose', 'black'],
  grams: 100,
};

/** Items as the service takes them: what `checkItem` lets in goes through a page and comes back as it is. */
export const item: OpenTarget = () => ({
  reads: 'items from outside',
  drawn: editedJsonBytes(ITEM),
  run(input) {
    let checked: Item;
    try {
      checked = checkItem(jsonOf(bytesOf(wellFormed(textOf(input)))));
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      return;
    }
    if (JSON.stringify(checkItem(checked)) !== JSON.stringify(checked))
      throw new Error('found another item at the second look');
    const back = unpackPage(packPage({ page: 0, revision: 1, items: [{ item: checked, revision: 1 }] })!);
    if (JSON.stringify(sorted(back?.items[0]?.item)) !== JSON.stringify(sorted(checked)))
      throw new Error(`found ${JSON.stringify(back)}, wanted the item as it went into the page`);
  },
});

function sorted(item: Item | undefined): unknown {
  return item && Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
