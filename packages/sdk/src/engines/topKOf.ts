import type { Ask, Engine, Ranked, Scorable } from './Engine.ts';

/** How an engine that has the shop is asked: where a question brings a model of the page, that has the last word. */
export async function topKOf(
  asks: readonly Ask[],
): Promise<(engine: Engine, shop: Scorable, asks: readonly Ask[]) => Promise<Ranked[]>> {
  if (asks.every(({ rerank }) => rerank === undefined)) return (engine, _shop, own) => engine.topK(own);
  return (await import('./rerank/rerankedTopK.ts')).rerankedTopK;
}
