import { checkItem, type Intent, INTENTS, type Item } from '@evershelf/model';
import type { ExplainOptions, RecommendOptions, ShelfOptions, TrackedEvent } from './types.ts';

/** Most items of a shelf. */
const MOST = 1000;

/** Checks what a page asks of a shelf. @throws {TypeError} naming the option, what was found and what was wanted */
export function checkRecommend(options: RecommendOptions): {
  k: number;
  intent: Intent;
  deadline: number;
  candidates: Item[];
  context: Item | undefined;
} {
  const { k = 8, deadline = 50, candidates = [] } = options;
  if (!Number.isInteger(k) || k < 1 || k > MOST) refuse('k', k, `a whole number from 1 to ${MOST}`);
  if (!(deadline >= 0)) refuse('deadline', deadline, 'milliseconds >= 0');
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
export function checkTracked({ item, kind, quantity }: TrackedEvent): { item: Item; kind: string } {
  if (typeof kind !== 'string' || kind === '') refuse('kind', kind, '"view", "cart", "purchase" or the like');
  if (quantity !== undefined && !(quantity > 0)) refuse('quantity', quantity, 'a number above 0');
  return { item: asItem(item), kind };
}

/** Checks how a page opens a shelf. @throws {TypeError} */
export function checkOpening({ model, consent, engine, refresh }: ShelfOptions): void {
  if (typeof model !== 'string' || model === '')
    refuse('model', model, 'the folder of an artifact, such as "/model/"');
  oneOf('consent', consent, ['none', 'cache', 'profile']);
  oneOf('engine', engine, ['auto', 'cpu', 'webgpu']);
  if (refresh !== undefined && !(refresh >= 0)) refuse('refresh', refresh, 'milliseconds >= 0');
}

/** An id alone, or an item. */
function asItem(value: string | Item): Item {
  return checkItem(typeof value === 'string' ? { id: value } : value);
}

function oneOf(option: string, found: string | undefined, wanted: readonly string[]): void {
  if (found !== undefined && !wanted.includes(found)) refuse(option, found, `one of ${wanted.join(', ')}`);
}

function refuse(option: string, found: unknown, wanted: string): never {
  throw new TypeError(`${option}: found ${JSON.stringify(found) ?? String(found)}, wanted ${wanted}`);
}
