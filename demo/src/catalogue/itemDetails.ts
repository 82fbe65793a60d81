import type { Item } from 'evershelf';
import { here } from '../shops/here.ts';

/** What the title does not say yet: who makes it and how large it is, or else where in the shop it stands. */
export function itemDetails(item: Item): string {
  const title = (item.title ?? '').toLowerCase();
  const details = here.details
    .map((name) => item[name])
    .filter((value) => typeof value === 'string' && value !== '' && !title.includes(value.toLowerCase()));
  return details.length > 0 ? details.join(' · ') : (item.category?.at(-2) ?? '');
}
