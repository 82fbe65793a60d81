import * as fc from 'fast-check';
import { openapi } from '../../src/http/openapi.ts';
import type { Schema } from './operations.ts';

/** Texts and lists are rarely longer than this, to be quick; the ends of what is allowed are tests of their own. */
const LONG = 8;

/** Values that a schema of the document allows; of the keywords that the document has. */
export function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1)!;
    return arbitraryOf((openapi.components.schemas as Readonly<Record<string, Schema>>)[name]!);
  }
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map(arbitraryOf));
  switch (schema['type']) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({
        min: (schema['minimum'] as number | undefined) ?? -1e6,
        max: (schema['maximum'] as number | undefined) ?? 1e6,
      });
    case 'number':
      return numbers(schema);
    case 'string':
      return texts(schema);
    case 'array':
      return arrays(schema);
    case 'object':
      return objects(schema);
    default:
      throw new Error(`found ${JSON.stringify(schema)}, wanted a schema that requests can be made of`);
  }
}

function numbers({ minimum, exclusiveMinimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = (minimum ?? exclusiveMinimum) as number | undefined;
  const max = maximum as number | undefined;
  return fc
    .double({
      noNaN: true,
      noDefaultInfinity: true,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    })
    .filter((value) => exclusiveMinimum === undefined || value > (exclusiveMinimum as number));
}

function texts({ minLength, maxLength, pattern }: Schema): fc.Arbitrary<string> {
  const most = (maxLength as number | undefined) ?? 256;
  const least = (minLength as number | undefined) ?? 0;
  return fc
    .string({
      unit: 'grapheme',
      minLength: least,
      maxLength: Math.min(most, LONG),
    })
    .filter((text) => text.length <= most && new RegExp((pattern as string | undefined) ?? '').test(text));
}

function arrays({ items, prefixItems, minItems, maxItems }: Schema): fc.Arbitrary<unknown[]> {
  if (Array.isArray(prefixItems)) return fc.tuple(...(prefixItems as Schema[]).map(arbitraryOf));
  const minLength = (minItems as number | undefined) ?? 0;
  const most = (maxItems as number | undefined) ?? Infinity;
  return fc.array(arbitraryOf(items as Schema), {
    minLength,
    maxLength: Math.max(minLength, Math.min(most, LONG)),
  });
}

function objects({
  properties = {},
  required = [],
  additionalProperties,
  propertyNames,
}: Schema): fc.Arbitrary<object> {
  const named = fc.record(
    Object.fromEntries(
      Object.entries(properties as Record<string, Schema>).map(([name, schema]) => [
        name,
        arbitraryOf(schema),
      ]),
    ),
    { requiredKeys: required as string[] },
  );
  if (typeof additionalProperties !== 'object') return named;
  const reserved = (propertyNames as { not: { enum: string[] } } | undefined)?.not.enum ?? [];
  const others = fc.dictionary(
    fc.string({ maxLength: LONG }).filter((name) => !reserved.includes(name) && name !== '__proto__'),
    arbitraryOf(additionalProperties as Schema),
    { maxKeys: LONG },
  );
  return fc.tuple(others, named).map(([more, own]) => ({ ...more, ...own }));
}
