import { fileURLToPath } from 'node:url';
import { gifts } from './src/shops/gifts.ts';
import { grocer } from './src/shops/grocer.ts';
import type { ShopDescription } from './src/shops/ShopDescription.ts';
import { gifts as newGifts } from './vite/newProducts/gifts.ts';
import { groceries } from './vite/newProducts/groceries.ts';
import type { NewProduct } from './vite/newProducts/NewProduct.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A shop of the demo, as it lies in this folder. */
export interface DemoShop {
  readonly description: ShopDescription;
  /** Files that are served as they are: pictures, icons, and the model once it is trained. */
  readonly publicDir: string;
  readonly model: string;
  /** Where its built pages go. */
  readonly outDir: string;
  readonly events: string;
  readonly items: string;
  /** Options of `evershelf train` beyond the files. */
  readonly training: readonly string[];
  /** What it may list next. */
  readonly newProducts: readonly NewProduct[];
}

export const shops: Readonly<Record<ShopDescription['id'], DemoShop>> = {
  grocer: {
    description: grocer,
    publicDir: at('public'),
    model: at('public/model'),
    outDir: at('dist/grocer'),
    events: at('data/events.parquet'),
    items: at('data/items.parquet'),
    training: [],
    newProducts: groceries,
  },
  gifts: {
    description: gifts,
    publicDir: at('gifts/public'),
    model: at('gifts/public/model'),
    outDir: at('dist/gifts'),
    events: at('gifts/data/events.parquet'),
    items: at('gifts/data/items.parquet'),
    // A model that is made while a visitor waits for it.
    training: ['--head-events', '1000'],
    newProducts: newGifts,
  },
};
