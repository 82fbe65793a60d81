import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemDetails } from '../catalogue/itemDetails.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { money } from '../dom/money.ts';
import { addressOf } from '../router/addressOf.ts';
import { CARD } from './cardTemplate.ts';

/** A product's card outside of shelves, made of the same template. */
export function gridCard(shop: Shop, item: Item): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>(CARD)!;
  const card = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  const find = (selector: string): HTMLElement => card.querySelector<HTMLElement>(selector)!;
  card.dataset['testid'] = 'product';
  card.dataset['item'] = item.id;
  card.style.setProperty('--hue', String(departmentHue(item.category?.[0])));
  find('a').setAttribute('href', addressOf.product(item.id));
  find('img').setAttribute('src', shop.catalogue.picture(item));
  find('.card-title').textContent = itemTitle(item);
  find('.card-details').textContent = itemDetails(item);
  find('.card-why').remove();
  find('.card-price').textContent = item.price === undefined ? '' : money(item.price);
  find('.card-price').hidden = item.price === undefined;
  find('.card-add').ariaLabel = `Add ${itemTitle(item)} to cart`;
  (find('.card-add') as HTMLButtonElement).disabled = item.inStock === false;
  return card;
}
