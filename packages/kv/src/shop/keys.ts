import { pageOf } from '@evershelf/model';
import type { Key } from '../stores/Store.ts';

/** Key of the record that says where the shop stands. */
export const SHOP_KEY: Key = ['shop', 'shop'];

export const PAGES_GROUP = 'pages';

export function pageKey(page: number): Key {
  return [PAGES_GROUP, String(page)];
}

/** The group of a page's items. */
export function itemsGroup(page: number): string {
  return `item/${page}`;
}

export function itemKey(id: string, pages: number): Key {
  return [itemsGroup(pageOf(id, pages)), id];
}

/** The group of the pairs of a page's items. */
export function pairsGroup(page: number): string {
  return `pairs/${page}`;
}

export function pairsKey(id: string, pages: number): Key {
  return [pairsGroup(pageOf(id, pages)), id];
}

/** Group of the records that say how far the log of events is counted. */
export const COUNTED_GROUP = 'counted';

export function countedKey(segment: string): Key {
  return [COUNTED_GROUP, segment];
}

export function stepKey(seq: number): Key {
  return ['log', String(seq)];
}

/** A part of the records of a step that one value cannot hold; `by` tells the steps apart that ran for one place in the log. */
export function partKey(seq: number, by: string, part: number): Key {
  return ['part', `${seq}/${by}/${part}`];
}
