import type { AttributeValue } from './item.ts';

/**
 * How one attribute becomes features. A feature is the token `name=value`.
 *
 * - `path`: one feature for each level of a category path, `category=grocery>frozen`.
 * - `value`: the value as it is, case folded.
 * - `list`: one feature for each of the first `max` entries.
 * - `words`: one feature for each of the first `max` distinct words of a text.
 * - `bins`: the bin of a number on a log scale, `perDoubling` bins for each factor of two.
 * - `cross`: the values of several attributes together.
 */
export type Encoder =
  | { readonly as: 'path'; readonly attribute: string }
  | { readonly as: 'value'; readonly attribute: string }
  | { readonly as: 'list'; readonly attribute: string; readonly max: number }
  | { readonly as: 'words'; readonly attribute: string; readonly max: number }
  | { readonly as: 'bins'; readonly attribute: string; readonly perDoubling: number }
  | { readonly as: 'cross'; readonly attributes: readonly string[] };

/** The encoders of a shop, in order of importance: where an item has too many features, the last ones are dropped. */
export type Schema = readonly Encoder[];

/** Thrown where a schema that somebody wrote cannot be used. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

const KINDS = ['path', 'value', 'list', 'words', 'bins', 'cross'];
const DEFAULT_MAX = 8;
const DEFAULT_PER_DOUBLING = 2;

/**
 * Checks a schema that came from a file.
 *
 * @throws {SchemaError} naming the encoder, what was found and what was wanted
 */
export function checkSchema(value: unknown): Schema {
  if (!Array.isArray(value))
    throw new SchemaError(`schema: found ${typeName(value)}, wanted a list of encoders`);
  return value.map(checkEncoder);
}

function checkEncoder(value: unknown, at: number): Encoder {
  const where = `schema[${at}]`;
  if (typeof value !== 'object' || value === null) {
    throw new SchemaError(
      `${where}: found ${typeName(value)}, wanted an object such as {"as": "value", "attribute": "brand"}`,
    );
  }
  const given = value as Record<string, unknown>;
  const name = (key: string, candidate: unknown): string => {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
    throw new SchemaError(
      `${where}.${key}: found ${JSON.stringify(candidate)}, wanted the name of an attribute`,
    );
  };
  const count = (key: string, fallback: number): number => {
    const found = given[key] ?? fallback;
    if (Number.isInteger(found) && (found as number) >= 1 && (found as number) <= 64) return found as number;
    throw new SchemaError(
      `${where}.${key}: found ${JSON.stringify(found)}, wanted a whole number from 1 to 64`,
    );
  };
  switch (given['as']) {
    case 'path':
    case 'value':
      return { as: given['as'], attribute: name('attribute', given['attribute']) };
    case 'list':
    case 'words':
      return {
        as: given['as'],
        attribute: name('attribute', given['attribute']),
        max: count('max', DEFAULT_MAX),
      };
    case 'bins': {
      const perDoubling = count('perDoubling', DEFAULT_PER_DOUBLING);
      return { as: 'bins', attribute: name('attribute', given['attribute']), perDoubling };
    }
    case 'cross': {
      const attributes = given['attributes'];
      if (!Array.isArray(attributes) || attributes.length < 2) {
        throw new SchemaError(
          `${where}.attributes: found ${JSON.stringify(attributes)}, wanted two attributes or more`,
        );
      }
      return { as: 'cross', attributes: attributes.map((each, k) => name(`attributes[${k}]`, each)) };
    }
    default:
      throw new SchemaError(
        `${where}.as: found ${JSON.stringify(given['as'])}, wanted one of ${KINDS.join(', ')}`,
      );
  }
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
}

/** The attributes that a schema reads, each once. */
export function schemaAttributes(schema: Schema): string[] {
  return [
    ...new Set(
      schema.flatMap((encoder) => (encoder.as === 'cross' ? encoder.attributes : [encoder.attribute])),
    ),
  ];
}

/** True where an attribute says something: not absent, not empty. */
export function isPresent(value: AttributeValue | undefined | null): value is AttributeValue {
  if (value === undefined || value === null || value === '') return false;
  return typeof value === 'number' ? Number.isFinite(value) : !Array.isArray(value) || value.length > 0;
}
