import type { ContextItem, Intent, PersonalItem, Query, Signals } from '@evershelf/model';
import type { Ask, Ranked, ShopItems } from '../engines/Engine.ts';
import type { Situation } from '../profile/situationOf.ts';
import type { Shop } from '../shop/shop.ts';
import type { Rerank } from '../engines/rerank/Rerank.ts';
import type { EngineName, ScoreExplanation, ShelfStatus } from '../types.ts';

/** How questions are answered: by the listing of a shop alone, or by all of the model. */
export interface Scoring {
  /** True where it is by all of the model. */
  readonly complete: boolean;
  /** Weights of the signals, for each intent. */
  readonly heads: Readonly<Record<Intent, Signals>>;
  query(weights: Signals, context: readonly ContextItem[], personal: readonly PersonalItem[]): Query;
  /** What a question says of re-ranking; absent where shelves are not re-ranked yet. @throws {TypeError} */
  rerankOf?(rerank: Rerank | undefined, k: number): Pick<Ask, 'rerank'>;
  rank(items: ShopItems, asks: readonly Ask[]): Promise<{ ranked: Ranked[]; engine: EngineName }>;
  /** Why item i has its score; absent where the model that says so is not here. */
  explain?(shop: Shop, i: number, weights: Signals, situation: Situation): ScoreExplanation;
  status(): Pick<ShelfStatus, 'engines' | 'adapter'>;
  close(): void;
}
