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
