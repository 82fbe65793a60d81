import { refuse } from '../refuse.ts';
import type { Rules } from './Rules.ts';

type Fields = Readonly<Record<string, unknown>>;

const MOST_BOOSTS = 100;
const MOST_CAPS = 8;
/** Scores are single-precision numbers of some units: more would swallow the signals. */
const LARGEST_BOOST = 1000;

/**
 * Checks rules, also where they come from a file.
 *
 * @param k how many items are asked for
 * @returns the same rules
 * @throws {TypeError} naming the field, what was found and what was wanted
 */
export function checkRules(rules: Rules, k: number): Rules {
  const { where, boosts, pins, caps, diversity } = fieldsOf('rules', rules, [
    'where',
    'boosts',
    'pins',
    'caps',
    'diversity',
  ]);
  if (where !== undefined) checkWhere('rules.where', where);
  listOf('rules.boosts', boosts, MOST_BOOSTS).forEach((boost, b) => {
    const at = `rules.boosts[${b}]`;
    const { where, by } = fieldsOf(at, boost, ['where', 'by']);
    checkWhere(`${at}.where`, where);
    if (!isNumber(by) || Math.abs(by) > LARGEST_BOOST)
      refuse(`${at}.by`, by, `a number from -${LARGEST_BOOST} to ${LARGEST_BOOST}`);
  });
  checkPins(listOf('rules.pins', pins, k), k);
  listOf('rules.caps', caps, MOST_CAPS).forEach((cap, c) => {
    const at = `rules.caps[${c}]`;
    const { by, most } = fieldsOf(at, cap, ['by', 'most']);
    if (typeof by !== 'string' || by === '') refuse(`${at}.by`, by, 'the name of an attribute');
    if (!isCount(most)) refuse(`${at}.most`, most, 'a whole number >= 1');
  });
  if (diversity !== undefined && !(isNumber(diversity) && diversity >= 0 && diversity <= 1))
    refuse('rules.diversity', diversity, 'a number from 0 to 1');
  return rules;
}

function checkPins(pins: readonly unknown[], k: number): void {
  const [items, places] = [new Set<unknown>(), new Set<unknown>()];
  pins.forEach((pin, p) => {
    const at = `rules.pins[${p}]`;
    const { item, place } = fieldsOf(at, pin, ['item', 'place']);
    if (typeof item !== 'string' || item === '') refuse(`${at}.item`, item, 'the id of an item');
    if (!isCount(place) || place > k) refuse(`${at}.place`, place, `a whole number from 1 to k, ${k}`);
    if (items.has(item)) refuse(`${at}.item`, item, 'one pin for each item');
    if (places.has(place)) refuse(`${at}.place`, place, 'one pin for each place');
    items.add(item);
    places.add(place);
  });
}

function checkWhere(at: string, where: unknown): void {
  const conditions = Object.entries(fieldsOf(at, where));
  if (conditions.length === 0) refuse(at, where, 'conditions by attribute, such as {"price": {"to": 20}}');
  for (const [attribute, condition] of conditions)
    checkCondition(`${at}.${attribute}`, condition, attribute === 'category');
}

function checkCondition(at: string, condition: unknown, isCategory: boolean): void {
  const fields = fieldsOf(at, condition, isCategory ? ['in', 'out'] : ['in', 'out', 'from', 'to']);
  if (Object.values(fields).every((field) => field === undefined))
    refuse(at, condition, isCategory ? 'in or out' : 'in, out, from or to');
  const [fits, wanted] = isCategory
    ? [isPath, 'a path, root first, such as ["Grocery", "Frozen"]']
    : [isValue, 'a text, a finite number, true or false'];
  for (const name of ['in', 'out']) {
    const values = fields[name];
    if (values === undefined) continue;
    if (!Array.isArray(values) || values.length === 0)
      refuse(`${at}.${name}`, values, 'a list of at least one value');
    values.forEach((value, v) => {
      if (!fits(value)) refuse(`${at}.${name}[${v}]`, value, wanted);
    });
  }
  const { from = -Infinity, to = Infinity } = fields;
  if (fields['from'] !== undefined && !isNumber(from)) refuse(`${at}.from`, from, 'a finite number');
  if (fields['to'] !== undefined && !isNumber(to)) refuse(`${at}.to`, to, 'a finite number');
  if (Number(from) > Number(to)) refuse(`${at}.from`, from, `at most its to, ${Number(to)}`);
}

/** The fields of an object; @throws {TypeError} where it is none, or has one of another name. */
function fieldsOf(at: string, value: unknown, names?: readonly string[]): Fields {
  const wanted = names === undefined ? 'an object' : `an object of ${names.join(', ')}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(at, value, wanted);
  const stranger = names && Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined)
    refuse(`${at}.${stranger}`, (value as Fields)[stranger], `one of ${names!.join(', ')}`);
  return value as Fields;
}

function listOf(at: string, value: unknown = [], most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) refuse(at, value, `a list of at most ${most}`);
  return value;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value);
}

function isPath(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((level) => typeof level === 'string' && level !== '')
  );
}
