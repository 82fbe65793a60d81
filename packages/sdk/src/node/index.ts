/** `evershelf/node`: batch work, and machines with a GPU and no browser. */
export { ArtifactError, type Intent, type Item, ItemError, type Rung } from '@evershelf/model';
export {
  type HistoryEvent,
  openRanker,
  type Ranker,
  type RankerOptions,
  type ShelfQuestion,
} from './openRanker.ts';
export type {
  EngineName,
  EngineStatus,
  Freshness,
  Recommendation,
  RecommendedItem,
  RecommendOptions,
  TrackedEvent,
} from '../types.ts';
