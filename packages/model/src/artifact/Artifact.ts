import type { Edges } from '../edges.ts';
import type { ItemIndex } from '../itemIndex.ts';
import type { Tables } from '../tables.ts';
import type { Catalogue } from './catalogue.ts';
import type { Manifest } from './manifest.ts';

/** A trained model and the catalogue that it was trained with. */
export interface Artifact {
  readonly manifest: Manifest;
  readonly tables: Tables;
  readonly edges: Edges;
  readonly index: ItemIndex;
  readonly catalogue: Catalogue;
}
