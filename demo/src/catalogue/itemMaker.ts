import type { Item } from 'evershelf';
import { here } from '../shops/here.ts';

/** What is known of it beyond its title: `Maker 584 · 10 oz`. */
export function itemMaker(item: Item): string {
  return here.details
    .map((name) => item[name])
    .filter((value) => typeof value === 'string' && value !== '')
    .join(' · ');
}
