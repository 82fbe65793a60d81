import type { Problem } from './rulesOf.ts';

/** Reads attributes of a shelf element. What nobody understands is a problem, and as if it were not there. */
export interface AttributeReader {
  oneOf<Name extends string>(attribute: string, wanted: readonly Name[]): Name | undefined;
  /** @param whole true for whole numbers alone */
  numberIn(attribute: string, least: number, most: number, whole?: boolean): number | undefined;
  readonly problems: Problem[];
}

/** @param text of an attribute; undefined where the element has not got it */
export function attributeReader(text: (attribute: string) => string | undefined): AttributeReader {
  const problems: Problem[] = [];
  const refused = (attribute: string, wanted: string): undefined => {
    const message = `${attribute}: found ${JSON.stringify(text(attribute))}, wanted ${wanted}; it is left out`;
    problems.push({ attribute, message });
  };
  return {
    problems,
    oneOf<Name extends string>(attribute: string, wanted: readonly Name[]) {
      const value = text(attribute) as Name | undefined;
      if (value === undefined || wanted.includes(value)) return value;
      return refused(attribute, `one of ${wanted.join(', ')}`);
    },
    numberIn(attribute, least, most, whole = false) {
      const value = text(attribute);
      if (value === undefined) return undefined;
      const number = value.trim() === '' ? NaN : Number(value);
      if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number;
      return refused(attribute, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
    },
  };
}
