import { MOST } from '../../checkOptions.ts';
import { refuse } from '../../refuse.ts';
import type { Ask } from '../Engine.ts';
import type { Rerank, Tfjs } from './Rerank.ts';

/** How many items a model of the page sees. */
const CANDIDATES = 200;

/** Checks how a page wants its shelf re-ranked. @throws {TypeError} */
export function checkRerank(rerank: Rerank, tf: Tfjs | undefined, k: number): NonNullable<Ask['rerank']> {
  if (tf === undefined)
    throw new TypeError("rerank: found no tf among the options of the shelf, wanted the page's tfjs");
  if (typeof rerank?.model !== 'function') refuse('rerank', rerank, '{ model }, a function');
  const { model, top = Math.max(CANDIDATES, k) } = rerank;
  if (!Number.isInteger(top) || top < k || top > MOST)
    refuse('rerank.top', top, `a whole number from k, ${k}, to ${MOST}`);
  return { tf, model, top };
}
