/**
 * A ranker for Node: batch work, and machines that have a GPU and no browser.
 *
 * @module evershelf/node
 */
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
