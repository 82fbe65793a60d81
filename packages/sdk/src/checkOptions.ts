import { checkItem, type Intent, INTENTS, type Item } from '@evershelf/model';
import { refuse } from './refuse.ts';
import type { ExplainOptions, RecommendOptions, ShelfOptions, TrackedEvent } from './types.ts';

/** Most items of a shelf. */
export const MOST = 1000;
/** Longest pause between two looks at the service, in milliseconds. */
const DAY = 86_400_000;

/** Checks what a page asks of a shelf. @throws {TypeError} naming the option, what was found and what was wanted */
export function checkRecommend(options: RecommendOptions): {
  k: number;
  intent: Intent;
  deadline: number;
  candidates: Item[];
  context: Item | undefined;
} {
  const { k = 8, deadline = 50, candidates = [], exclude, filter } = options;
  if (!Number.isInteger(k) || k < 1 || k > MOST) refuse('k', k, `a whole number from 1 to ${MOST}`);
  if (!(deadline >= 0)) refuse('deadline', deadline, 'milliseconds >= 0');
  if (!Array.isArray(candidates)) refuse('candidates', candidates, 'a list of items');
  // A text is iterable too, letter by letter.
  if (
    exclude !== undefined &&
    (typeof exclude !== 'object' || exclude === null || !(Symbol.iterator in exclude))
  )
    refuse('exclude', exclude, 'a list of ids');
  if (filter !== undefined && typeof filter !== 'function') refuse('filter', filter, 'a function');
  return { k, deadline, candidates: candidates.map(asItem), ...checkExplain(options) };
}

/** Checks what a page asks about a shelf. @throws {TypeError | ItemError} */
export function checkExplain({ intent = 'mixed', context }: ExplainOptions): {
  intent: Intent;
  context: Item | undefined;
} {
  oneOf('intent', intent, INTENTS);
  return { intent, context: context === undefined ? undefined : asItem(context) };
}

/** Checks an event that a page reports. @throws {TypeError | ItemError} */
export function checkTracked(event: TrackedEvent): { item: Item; kind: string } {
  if (typeof event !== 'object' || event === null) refuse('event', event, '{ item, kind }');
  const { item, kind, quantity } = event;
  if (typeof kind !== 'string' || kind === '') refuse('kind', kind, 'a text');
  if (quantity !== undefined && !(quantity > 0)) refuse('quantity', quantity, 'a number above 0');
  return { item: asItem(item), kind };
}

/** Checks how a page opens a shelf. @throws {TypeError} */
export function checkOpening(options: ShelfOptions): void {
  if (typeof options !== 'object' || options === null) refuse('options', options, '{ model }');
  const { model, kv, consent, engine, refresh, tf } = options;
  if (typeof model !== 'string' || model === '')
    refuse('model', model, 'the folder of an artifact, such as "/model/"');
  if (kv !== undefined && typeof kv !== 'string') refuse('kv', kv, 'an address');
  if (tf !== undefined && typeof tf?.backend !== 'function') refuse('tf', tf, "the page's tfjs");
  oneOf('consent', consent, ['none', 'cache', 'profile']);
  oneOf('engine', engine, ['auto', 'cpu', 'worker', 'webgpu']);
  if (refresh !== undefined && !(refresh >= 0 && refresh <= DAY))
    refuse('refresh', refresh, `milliseconds from 0 to ${DAY}`);
}

/** An id alone, or an item. */
function asItem(value: string | Item): Item {
  return checkItem(typeof value === 'string' ? { id: value } : value);
}

function oneOf(option: string, found: string | undefined, wanted: readonly string[]): void {
  if (found !== undefined && !wanted.includes(found)) refuse(option, found, `one of ${wanted.join(', ')}`);
}
