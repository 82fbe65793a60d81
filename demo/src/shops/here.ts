import { gifts } from './gifts.ts';
import { grocer } from './grocer.ts';
import type { ShopDescription } from './ShopDescription.ts';

/** The shop that this was built for. */
export const here: ShopDescription = __SHOP__ === 'gifts' ? gifts : grocer;
