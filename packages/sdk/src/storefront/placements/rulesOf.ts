import type { Rules } from '../../rules/Rules.ts';
import { mergeRules } from './mergeRules.ts';
import { RULE_ATTRIBUTES } from './ruleAttributes.ts';

/** What an attribute says where it is not read as it was meant. */
export interface Problem {
  /** Attribute of the element. */
  readonly attribute: string;
  /** What was found, what was wanted, and what happens now. */
  readonly message: string;
}

/** What the attributes of an element say of the items on it. */
export interface RulesFound {
  readonly rules: Rules;
  readonly exclude: readonly string[];
  readonly problems: readonly Problem[];
}

/** @throws {TypeError} naming the field, what was found and what was wanted */
type CheckRules = (rules: Rules, k: number) => unknown;

/** How the text of an attribute becomes rules. */
const READERS: Readonly<
  Record<Exclude<(typeof RULE_ATTRIBUTES)[number], 'exclude'>, (text: string) => Rules>
> = {
  rules: (text) =>
    json(text, '{"price": ...}, or "#id" of a script of type application/json that holds them') as Rules,
  where: (text) => ({ where: json(text, '{"colour": {"in": ["red"]}}') as NonNullable<Rules['where']> }),
  price: (text) => ({ where: { price: rangeOf(text) } }),
  boosts: (text) => ({ boosts: json(text, '[{"where": {...}, "by": 0.5}]') as NonNullable<Rules['boosts']> }),
  pins: (text) => ({ pins: pinsOf(text) }),
  'brand-cap': (text) => ({ caps: [{ by: 'brand', most: numberOf(text, 'a whole number >= 1') }] }),
  diversity: (text) => ({ diversity: numberOf(text, 'a number from 0 to 1') }),
};

/**
 * Reads the rules that an element's attributes hold. What is wrong with one is said, and the others count.
 *
 * @param text of an attribute, undefined where the element has not got it
 * @param k how many items are asked for
 */
export function rulesOf(
  text: (attribute: string) => string | undefined,
  k: number,
  checkRules: CheckRules,
): RulesFound {
  const problems: Problem[] = [];
  let rules: Rules = {};
  for (const attribute of RULE_ATTRIBUTES) {
    if (attribute === 'exclude') continue;
    const found = text(attribute);
    if (found === undefined || found.trim() === '') continue;
    try {
      // Each field by itself: a mistake in one leaves the others as they are.
      for (const field of fieldsOf(READERS[attribute](found)))
        try {
          checkRules(field, k);
          rules = mergeRules(rules, field);
        } catch (error) {
          add(attribute, error);
        }
    } catch (error) {
      add(attribute, error);
    }
  }
  let exclude: readonly string[] = [];
  try {
    exclude = listOf(text('exclude') ?? '').map(String);
  } catch (error) {
    add('exclude', error);
  }
  return { rules, exclude, problems };

  function add(attribute: string, error: unknown): void {
    const message = (error as Error).message.replace(/^rules\./, '');
    const named = message.startsWith(`${attribute}: `) ? message : `${attribute}: ${message}`;
    problems.push({ attribute, message: `${named}; it is left out` });
  }
}

function fieldsOf(rules: Rules): Rules[] {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) return [rules];
  return Object.entries(rules).map(([name, value]) => ({ [name]: value }));
}

function json(text: string, wanted: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`found ${JSON.stringify(text)}, wanted JSON such as ${wanted}`);
  }
}

function numberOf(text: string, wanted: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new TypeError(`found ${JSON.stringify(text)}, wanted ${wanted}`);
  return number;
}

/** `5..20`, `5..` and `..20`: a range of prices, ends included. */
function rangeOf(text: string): { from?: number; to?: number } {
  const [, from, to] = /^\s*(\d*\.?\d+)?\s*\.\.\s*(\d*\.?\d+)?\s*$/.exec(text) ?? [];
  if (from === undefined && to === undefined)
    throw new TypeError(`found ${JSON.stringify(text)}, wanted a range such as 5..20, 5.. or ..20`);
  return {
    ...(from === undefined ? {} : { from: Number(from) }),
    ...(to === undefined ? {} : { to: Number(to) }),
  };
}

/** Ids, for the first places, or pins as JSON. */
function pinsOf(text: string): NonNullable<Rules['pins']> {
  const list = listOf(text);
  if (list.every((entry) => typeof entry === 'string'))
    return list.map((item, at) => ({ item, place: at + 1 }));
  return list as unknown as NonNullable<Rules['pins']>;
}

/** Entries between spaces, or of a JSON list. */
function listOf(text: string): readonly string[] {
  if (text.trim().startsWith('[')) return json(text, '["sku-1", "sku-2"]') as readonly string[];
  return text.split(/\s+/).filter(Boolean);
}
