import { type EarlierItem, ID_LENGTH, PAIR_WINDOW, type Placed, placedOf } from '@evershelf/model';
import type { SentEvent } from './SentEvent.ts';

/** Longest kind and id of an event, in UTF-16 code units; shopper and session are as long as ids of items. */
const KIND_LENGTH = 64;
const EVENT_ID_LENGTH = 64;
/** Last place on a shelf. */
export const MOST_POSITION = 1000;
/** Clocks of browsers are believed within a day of the server's. */
const DAY = 86_400;

/**
 * Checks an event that came from a page. An attribute that is null counts as absent; a time that is absent or more than
 * a day off becomes the server's.
 *
 * @returns the event, or a text that says what was found and wanted
 */
export function checkEvent(value: unknown, now: number): SentEvent | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'event: found no object, wanted {"item", "kind"}';
  const { id, time, item, kind, quantity, session, shopper, after } = value as Record<string, unknown>;
  if (!isText(item, ID_LENGTH)) return `item: wanted a text of 1 to ${ID_LENGTH} characters`;
  if (!isText(kind, KIND_LENGTH)) return `kind: wanted a text of 1 to ${KIND_LENGTH} characters`;
  if (isPresent(id) && !isText(id, EVENT_ID_LENGTH))
    return `id: wanted a text of 1 to ${EVENT_ID_LENGTH} characters`;
  if (isPresent(time) && !isNumber(time)) return 'time: wanted Unix seconds';
  if (isPresent(quantity) && !(isNumber(quantity) && quantity > 0)) return 'quantity: wanted a number > 0';
  for (const [name, text] of Object.entries({ session, shopper }))
    if (isPresent(text) && !isText(text, ID_LENGTH))
      return `${name}: wanted a text of 1 to ${ID_LENGTH} characters`;
  const earlier = isPresent(after) ? checkEarlier(after) : [];
  if (typeof earlier === 'string') return earlier;
  const placed = checkPlaced(value as Record<string, unknown>);
  if (typeof placed === 'string') return placed;
  return {
    ...(typeof id === 'string' ? { id } : {}),
    time: isNumber(time) && Math.abs(time - now) <= DAY ? time : now,
    item,
    kind,
    ...(isNumber(quantity) ? { quantity } : {}),
    ...(typeof session === 'string' ? { session } : {}),
    ...(typeof shopper === 'string' ? { shopper } : {}),
    ...(earlier.length > 0 ? { after: earlier } : {}),
    ...placed,
  };
}

/** Where the item stood, as far as the event says so. */
function checkPlaced(value: Record<string, unknown>): Placed | string {
  const { shelf, position, model, propensity, experiment, variant } = value;
  for (const [name, text] of Object.entries({ shelf, model, experiment, variant }))
    if (isPresent(text) && !isText(text, ID_LENGTH))
      return `${name}: wanted a text of 1 to ${ID_LENGTH} characters`;
  if (
    isPresent(position) &&
    !(Number.isInteger(position) && Number(position) >= 1 && Number(position) <= MOST_POSITION)
  )
    return `position: wanted a whole number from 1 to ${MOST_POSITION}`;
  if (isPresent(propensity) && !(isNumber(propensity) && propensity > 0 && propensity <= 1))
    return 'propensity: wanted a number above 0, at most 1';
  const given = Object.entries(value).filter(([, each]) => isPresent(each));
  return placedOf(Object.fromEntries(given) as Placed);
}

function checkEarlier(value: unknown): EarlierItem[] | string {
  if (!Array.isArray(value) || value.length > PAIR_WINDOW)
    return `after: wanted a list of at most ${PAIR_WINDOW} {"item", "age"}`;
  const earlier: EarlierItem[] = [];
  for (const [at, each] of value.entries()) {
    const { item, age } = (each ?? {}) as Record<string, unknown>;
    if (!isText(item, ID_LENGTH)) return `after[${at}].item: wanted a text of 1 to ${ID_LENGTH} characters`;
    if (!isNumber(age) || !Number.isInteger(age) || age < 0 || age > PAIR_WINDOW)
      return `after[${at}].age: wanted a whole number of moments, 0 to ${PAIR_WINDOW}`;
    earlier.push({ item, age });
  }
  return earlier;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
