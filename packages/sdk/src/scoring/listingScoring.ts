import {
  INTENTS,
  listingHead,
  type Manifest,
  personalSignals,
  type Signals,
  type Texts,
} from '@evershelf/model';
import type { Ask, Ranked } from '../engines/Engine.ts';
import { selectTop } from '../engines/selectTop.ts';
import type { Scoring } from './Scoring.ts';

const NONE = { name: 'cpu', reason: 'the model is on its way', milliseconds: {} } as const;

/** Ranks by what sells and what the shopper had, until the tables are here. */
export function listingScoring({ heads }: Manifest): Scoring {
  return {
    complete: false,
    heads: Object.fromEntries(
      INTENTS.map((intent) => [intent, listingHead(heads[intent])]),
    ) as Scoring['heads'],
    query: (weights, _, personal) => ({
      vector: new Float32Array(),
      matchRows: new Uint32Array(),
      matchValues: new Float32Array(),
      items: Uint32Array.from(personal, ({ index }) => index),
      itemValues: Float32Array.from(personal, (item) => valueOf(weights, personalSignals(item))),
    }),
    rank: async ({ ids }, asks) => ({ ranked: asks.map((ask) => rankBy(ask, ids)), engine: 'cpu' }),
    status: () => ({ engines: { one: NONE, many: NONE } }),
    close() {},
  };
}

function valueOf(weights: Signals, { frequency, had, session }: ReturnType<typeof personalSignals>): number {
  return weights.frequency * frequency + weights.had * had + weights.session * session;
}

function rankBy({ query, prior, mask, k }: Ask, ids: Texts): Ranked {
  const scores = prior.slice();
  query.items.forEach((item, at) => (scores[item]! += query.itemValues[at]!));
  return selectTop(scores, mask, k, ids);
}
