import { ID_LENGTH, type Item, KEPT_PAIRS, LIVE_HALF_LIVES, type PairCount, shown } from '@evershelf/model';
import type { Seeds } from '../shop/putItems.ts';
import { RequestError } from './RequestError.ts';

const WIDTH = LIVE_HALF_LIVES.length;
/** Most that anything was taken with an item: sums of more are no numbers. */
export const MOST_COUNT = 1e9;

/**
 * What the counts of a batch start from, each of one of its items.
 *
 * @throws {RequestError}
 */
export function checkSeeds(body: Readonly<Record<string, unknown>>, items: readonly Item[]): Seeds {
  const ids = new Set(items.map(({ id }) => id));
  return {
    live: byItem(body, 'live', `${WIDTH} bytes 0..255`, ids, isLive),
    pairs: byItem(body, 'pairs', `at most ${KEPT_PAIRS} ["other id", count > 0], each id once`, ids, isPairs),
  };
}

function byItem<T>(
  body: Readonly<Record<string, unknown>>,
  name: string,
  wanted: string,
  ids: ReadonlySet<string>,
  holds: (value: unknown) => value is T,
): Map<string, T> {
  const value = body[name];
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value))
    throw new RequestError(400, `found ${name} that is no object, wanted {"id": [${wanted}]}`);
  const seeds = new Map<string, T>();
  for (const [id, seed] of Object.entries(value)) {
    if (!ids.has(id))
      throw new RequestError(
        400,
        `found ${name} of ${shown(id)}, wanted that of items in the same batch only`,
      );
    if (!holds(seed))
      throw new RequestError(400, `${name} of ${shown(id)}: found ${shown(seed)}, wanted ${wanted}`);
    seeds.set(id, seed);
  }
  return seeds;
}

function isLive(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length === WIDTH && value.every(isByte);
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

function isPairs(value: unknown): value is readonly PairCount[] {
  return (
    Array.isArray(value) &&
    value.length <= KEPT_PAIRS &&
    value.every(isPair) &&
    new Set(value.map(([id]) => id)).size === value.length
  );
}

function isPair(value: unknown): value is PairCount {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [id, count] = value as unknown[];
  return (
    typeof id === 'string' &&
    id !== '' &&
    id.length <= ID_LENGTH &&
    typeof count === 'number' &&
    count > 0 &&
    count <= MOST_COUNT
  );
}
