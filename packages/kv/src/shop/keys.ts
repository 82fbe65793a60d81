import { pageOf } from '@evershelf/model';

/** Key of the record that holds the shop's revision. */
export const SHOP_KEY = 'shop';

export const PAGES_PREFIX = 'page/';

export function pageKey(page: number): string {
  return PAGES_PREFIX + padded(page);
}

/** What the keys of a page's items start with. */
export function itemsPrefix(page: number): string {
  return `item/${padded(page)}/`;
}

export function itemKey(id: string, pages: number): string {
  return itemsPrefix(pageOf(id, pages)) + id;
}

/** What the keys of the pairs of a page's items start with. */
export function pairsPrefix(page: number): string {
  return `pairs/${padded(page)}/`;
}

export function pairsKey(id: string, pages: number): string {
  return pairsPrefix(pageOf(id, pages)) + id;
}

function padded(page: number): string {
  return String(page).padStart(5, '0');
}
