import { explainScore, type Learned, makeQuery, type Manifest, SIGNALS } from '@evershelf/model';
import { sharedTable } from '../engines/sharedTable.ts';
import { type ChoiceOptions, chooseEngine } from '../engines/chooseEngine.ts';
import { checkRerank } from '../engines/rerank/checkRerank.ts';
import type { Tfjs } from '../engines/rerank/Rerank.ts';
import type { Batch } from '../engines/Measured.ts';
import type { EngineStatus } from '../types.ts';
import type { Scoring } from './Scoring.ts';

/** Ranks by all of the model, on the engine that is chosen. */
export function modelScoring(
  manifest: Manifest,
  learned: Omit<Learned, 'rows'>,
  tf: Tfjs | undefined,
  options: Omit<ChoiceOptions, 'model'>,
): Scoring {
  const chosen = chooseEngine({ ...options, model: manifest.id });
  const tables = sharedTable(learned.tables);
  const model = { edges: learned.edges, tables, ...manifest };
  const engine = (batch: Batch): EngineStatus => ({
    name: chosen.name(batch),
    reason: chosen.reason(batch),
    milliseconds: chosen.milliseconds(batch),
  });
  return {
    complete: true,
    heads: manifest.heads,
    query: (weights, context, personal) => makeQuery(model, weights, context, personal),
    rerankOf: (rerank, k) => (rerank === undefined ? {} : { rerank: checkRerank(rerank, tf, k) }),
    rank: (items, asks) => chosen.rank({ ...items, tables }, asks),
    explain(shop, i, weights, { context, items, personal }) {
      const parts = explainScore(
        { ...model, tables: { ...tables } },
        shop.index(),
        i,
        weights,
        context,
        personal,
      );
      return {
        item: shop.item(i),
        score: SIGNALS.reduce((sum, name) => sum + parts.signals[name], 0),
        signals: parts.signals,
        history: items.map((each, k) => ({ item: shop.item(each), gave: parts.context[k]! })),
        anyone: parts.anyone,
      };
    },
    status() {
      const adapter = chosen.adapter();
      return {
        engines: { one: engine('one'), many: engine('many') },
        ...(adapter === undefined ? {} : { adapter }),
      };
    },
    close: chosen.close,
  };
}
