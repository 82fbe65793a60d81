/**
 * What all sides agree on: items, features, the ladder, the artifact, the score.
 *
 * @module @evershelf/model
 */
export { farmFingerprint64 } from './hash/farm64.ts';
export { murmur3 } from './hash/murmur3.ts';
export type { AttributeValue, EarlierItem, Item, ShopEvent } from './item.ts';
export { isInterest } from './isInterest.ts';
export { PLACED, type Placed, placedOf } from './placed.ts';
export { checkItem, ID_LENGTH, ItemError } from './checkItem.ts';
export { checkStored, ITEM_LENGTH } from './checkStored.ts';
export { shown } from './shown.ts';
export {
  checkSchema,
  type Encoder,
  isPresent,
  type Schema,
  schemaAttributes,
  SchemaError,
} from './schema.ts';
export { CATEGORY, categoryFeatures, levels, unknownTokens } from './categories.ts';
export { attributeFeatures } from './features.ts';
export { featureRow, idRows } from './rows.ts';
export { placeByCategory, type Placement, type Rung, RUNGS, type Vocabulary } from './ladder.ts';
export { placeItem } from './placeItem.ts';
export { vocabularyOf } from './vocabulary.ts';
export { type Intent, INTENTS, suits } from './intents.ts';
export { LIVE_SIGNALS, type Signal, type Signals, SIGNALS, STRANGER, listingHead } from './signals.ts';
export { decodeLive, encodeLive, LIVE_HALF_LIVES, liveDecay } from './live.ts';
export { coarseScale } from './coarseScale.ts';
export { type ItemTable, quantiseMatch, quantiseRows, type Tables } from './tables.ts';
export {
  KEPT_PAIRS,
  MAX_PAIRS,
  PAIR_HALF_LIFE,
  PAIR_WINDOW,
  pairGain,
  type Pairs,
  pairWeight,
} from './pairs.ts';
export { type EdgeLists, edgeLists, type Edges, MAX_EDGES } from './edges.ts';
export { type ItemIndex, MAX_ROWS, type ItemRows, type ListedItems, packItems, rowsOf } from './itemIndex.ts';
export { type ContextWeights, contextWeight, gapOf, GAPS, orderWeights } from './contextWeights.ts';
export { type ContextItem, MAX_CONTEXT, type PersonalItem, personalSignals } from './context.ts';
export {
  anyoneRow,
  makeQuery,
  matchScores,
  pairScores,
  type Query,
  type QueryModel,
  queryVector,
  wideScores,
} from './query.ts';
export type { SparseSum } from './sparseSum.ts';
export { itemPrior } from './prior.ts';
export { type Explanation, explainScore } from './explain.ts';
export { addMatchScores, bucketScores, gatherScores } from './bucketScores.ts';
export { referenceScores, scoreTolerance } from './referenceScorer.ts';
export type { Artifact, Learned, Listing } from './artifact/Artifact.ts';
export { ArtifactError } from './artifact/ArtifactError.ts';
export { type Catalogue, type Column, itemAt, itemsOf, toCatalogue } from './artifact/catalogue.ts';
export {
  FILES,
  type Manifest,
  MANIFEST,
  PAIRS_FILE,
  type Training,
  type Validation,
} from './artifact/manifest.ts';
export type { Texts } from './artifact/texts.ts';
export type { ReadFile } from './artifact/checkedFile.ts';
export { readArtifact, readPairs } from './artifact/readArtifact.ts';
export { readLearned } from './artifact/readLearned.ts';
export { readListing } from './artifact/readListing.ts';
export { type ArtifactParts, type ManifestDraft, writeArtifact } from './artifact/writeArtifact.ts';
export {
  type ChangesAnswer,
  type ItemsAnswer,
  type PageAnswer,
  pageOf,
  type StoredItem,
} from './metadata/page.ts';
export { type LivePage, packLive, unpackLive } from './metadata/livePages.ts';
export { PACKED_PAGE, packPage, unpackPage } from './metadata/packPage.ts';
export { type PairCount, type PairsAnswer, servedPairs, type StoredPairs } from './metadata/pairsPage.ts';
