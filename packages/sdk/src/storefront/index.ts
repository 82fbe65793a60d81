/**
 * A shop's page with its shelves: what the script tag opens, as a module.
 *
 * @module evershelf/storefront
 */
export { openStorefront } from './openStorefront.ts';
export type {
  Experiment,
  PageState,
  PlacementName,
  PlacementOptions,
  Storefront,
  StorefrontEvent,
  StorefrontOptions,
} from './Storefront.ts';
export type { DrawnCard, DrawnShelf } from './measure/DrawnShelf.ts';
