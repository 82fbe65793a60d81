import type { CartLine } from '../app/Cart.ts';
import type { Shop } from '../app/Shop.ts';
import { itemsOf } from '../app/itemsOf.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';

/** What is ordered, to look at. */
export function orderLines(shop: Shop, lines: readonly CartLine[]): HTMLElement {
  const items = itemsOf(shop, lines);
  return h(
    'ul',
    { class: 'order-lines', role: 'list' },
    ...lines.map(({ quantity }, place) => {
      const item = items[place]!;
      return h(
        'li',
        { style: `--hue: ${departmentHue(item.category?.[0])}` },
        h(
          'span',
          { class: 'order-picture' },
          h('img', { src: shop.catalogue.picture(item), alt: '', width: 32, height: 32 }),
        ),
        h('span', {}, `${quantity} × ${itemTitle(item)}`),
        h('span', { class: 'line-price' }, item.price === undefined ? '' : money(item.price * quantity)),
      );
    }),
  );
}
