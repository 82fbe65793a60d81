export { ArtifactError, type Item, ItemError, type Rung } from '@evershelf/model';
export { NetworkError } from './metadata/network.ts';
export { evershelf } from './evershelf.ts';
export type {
  Consent,
  EngineName,
  Freshness,
  Recommendation,
  RecommendedItem,
  RecommendOptions,
  Shelf,
  ShelfEvent,
  ShelfOptions,
  ShelfStatus,
  TrackedEvent,
} from './types.ts';
