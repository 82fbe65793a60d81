import type { AttributeValue } from '@evershelf/model';
import type { Condition, Where } from './Rules.ts';

/** Says whether a value is what is asked for. */
type Test = (value: AttributeValue) => boolean;

/** One thing that a condition asks of an attribute. */
export interface Leaf {
  /** The same text for the same question. */
  readonly key: string;
  readonly attribute: string;
  /** What is asked for; absent for a range of numbers. */
  readonly values?: readonly AttributeValue[];
  /** Makes the test of a value. */
  readonly test: () => Test;
  /** True where the items are meant whose value is not. */
  readonly negated: boolean;
}

/** The leaves of some conditions: an item fits where all of them hold. */
export function leavesOf(where: Where): Leaf[] {
  return Object.entries(where).flatMap(([attribute, condition]) => leavesOfOne(attribute, condition));
}

function leavesOfOne(attribute: string, { in: wanted, out, from, to }: Condition): Leaf[] {
  const leaves: Leaf[] = [];
  const add = (values: readonly AttributeValue[], negated: boolean): void => {
    const test = (): Test => (attribute === 'category' ? isBelow(values) : isOneOf(values));
    leaves.push({ key: JSON.stringify([attribute, values]), attribute, values, test, negated });
  };
  if (wanted !== undefined) add(wanted, false);
  if (out !== undefined) add(out, true);
  if (from !== undefined || to !== undefined) {
    const key = JSON.stringify([attribute, from ?? null, to ?? null]);
    leaves.push({ key, attribute, test: () => isBetween(from, to), negated: false });
  }
  return leaves;
}

function isOneOf(values: readonly AttributeValue[]): Test {
  const wanted = new Set(values);
  const isWanted = (value: AttributeValue): boolean => wanted.has(value);
  return (value) => (Array.isArray(value) ? value.some(isWanted) : isWanted(value));
}

/** @param paths of categories */
function isBelow(paths: readonly AttributeValue[]): Test {
  const wanted = paths as readonly (readonly string[])[];
  return (value) =>
    Array.isArray(value) && wanted.some((path) => path.every((level, depth) => level === value[depth]));
}

function isBetween(from = -Infinity, to = Infinity): Test {
  return (value) => typeof value === 'number' && value >= from && value <= to;
}
