import { textOf } from './textOf.ts';

/** A thing of schema.org: its properties by name. JSON-LD and microdata are both read as this. */
export type Thing = Readonly<Record<string, unknown>>;

/** Most values of a property that are read. */
const VALUES = 100;

/** Reads properties of things that may name each other by `@id`. Nothing is followed further than a caller asks. */
export interface Graph {
  /** All values of a property, in order. */
  all(thing: Thing, property: string): unknown[];
  /** Those of them that are things. */
  things(thing: Thing, property: string): Thing[];
  /** The first that is a text or a number, or the value or name of a thing. */
  text(thing: Thing, property: string): string | undefined;
  /** All such texts. */
  texts(thing: Thing, property: string): string[];
}

/** @param known things that others may name by their `@id` */
export function graphOf(known: readonly Thing[]): Graph {
  const byId = new Map<unknown, Thing>();
  for (const thing of known) if (typeof thing['@id'] === 'string') byId.set(thing['@id'], thing);
  const whole = (value: unknown): unknown => {
    if (!isThing(value)) return value;
    // A thing that says no more than who it is, and maybe of which type.
    const isReference = Object.keys(value).every((key) => key === '@id' || key === '@type');
    return (isReference && byId.get(value['@id'])) || value;
  };
  const valuesOf = (thing: Thing, property: string): readonly unknown[] => {
    const value = Object.hasOwn(thing, property) ? thing[property] : undefined;
    return value === undefined ? [] : Array.isArray(value) ? value.slice(0, VALUES) : [value];
  };
  const textIn = (value: unknown): string | undefined => {
    const found = whole(value);
    const [said] = [isThing(found) ? (found['@value'] ?? found['value'] ?? found['name']) : found].flat();
    return textOf(isThing(said) ? said['@value'] : said);
  };
  const all = (thing: Thing, property: string): unknown[] => valuesOf(thing, property).map(whole);
  return {
    all,
    things: (thing, property) => all(thing, property).filter(isThing),
    text(thing, property) {
      for (const value of valuesOf(thing, property)) {
        const text = textIn(value);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    texts: (thing, property) => valuesOf(thing, property).flatMap((value) => textIn(value) ?? []),
  };
}

/** True where a thing is of one of the types, however schema.org is named: `Product`, `schema:Product`, `http://schema.org/Product`. */
export function isA(thing: Thing, types: ReadonlySet<string>): boolean {
  return typesOf(thing).some((type) => types.has(type));
}

/** The types of a thing, without the vocabulary's address. */
function typesOf(thing: Thing): string[] {
  return [thing['@type']]
    .flat()
    .slice(0, VALUES)
    .flatMap((type) => (typeof type === 'string' ? type.slice(0, VALUES).replace(/^.*[/:#]/, '') : []));
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
