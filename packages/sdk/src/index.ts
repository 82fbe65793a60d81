/**
 * The recommender of a page: the npm package, and `core.js` of the script-tag build.
 *
 * @module evershelf
 */
export {
  ArtifactError,
  type Intent,
  type Item,
  ItemError,
  type Placed,
  type Rung,
  type Signal,
  type Signals,
} from '@evershelf/model';
export { NetworkError } from './metadata/network.ts';
export { evershelf } from './evershelf.ts';
export type { Boost, Cap, Condition, Pin, Rules, Where } from './rules/Rules.ts';
export type { Candidates, Rerank, Tfjs } from './engines/rerank/Rerank.ts';
export { RerankError } from './engines/rerank/RerankError.ts';
export type {
  Consent,
  EngineName,
  EngineStatus,
  ExplainOptions,
  Freshness,
  Recommendation,
  RecommendedItem,
  RecommendOptions,
  ScoreExplanation,
  Shelf,
  ShelfEvent,
  ShelfOptions,
  ShelfStatus,
  TrackedEvent,
} from './types.ts';
