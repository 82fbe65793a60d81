import type { EdgeLists } from '../edges.ts';
import type { ItemIndex, ItemRows, ListedItems } from '../itemIndex.ts';
import type { Tables } from '../tables.ts';
import type { Catalogue } from './catalogue.ts';
import type { Manifest } from './manifest.ts';

/** What a shop holds: enough to show what sells. */
export interface Listing {
  readonly manifest: Manifest;
  readonly index: ListedItems;
  readonly catalogue: Catalogue;
}

/** What training learned, the larger part of an artifact. */
export interface Learned {
  readonly tables: Tables;
  /** Those of the listing's items. */
  readonly rows: ItemRows;
  readonly edges: EdgeLists;
}

/** A trained model and the catalogue that it was trained with. */
export interface Artifact extends Listing, Omit<Learned, 'rows'> {
  readonly index: ItemIndex;
}
