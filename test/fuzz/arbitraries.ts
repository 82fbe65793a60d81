import * as fc from 'fast-check';
import { HOSTILE } from './hostile.ts';
import { bytesOf } from './texts.ts';

/** A change to a JSON value: which part of it, counted through, and what becomes of it. */
type Edit = readonly [part: number, how: number, value: unknown];

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(300, 4097, 70_000).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom(20, 1000).map(nested) },
);

const edit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(10_000), fc.nat(9), value);

/** One of some JSON values, with up to four of its parts changed. */
export function editedJson(...valid: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...valid), fc.array(edit, { maxLength: 4 }))
    .map(([whole, edits]) => edits.reduce<unknown>((json, each) => edited(json, each), whole));
}

/** The same as the bytes of its text. */
export function editedJsonBytes(...valid: readonly unknown[]): fc.Arbitrary<Uint8Array> {
  return editedJson(...valid).map((json) => bytesOf(JSON.stringify(json) ?? 'null'));
}

/** One of some bytes, with up to six changes: bytes replaced, put in, taken out, cut off. */
export function editedBytes(...valid: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(100_000), fc.nat(4), fc.uint8Array({ minLength: 1, maxLength: 8 }));
  return fc.tuple(fc.constantFrom(...valid), fc.array(change, { maxLength: 6 })).map(([whole, changes]) =>
    changes.reduce((bytes, [at, how, put]) => {
      const place = bytes.length === 0 ? 0 : at % bytes.length;
      const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
      if (how === 0) return Uint8Array.from([...head, ...put, ...tail]);
      if (how === 1) return Uint8Array.from([...head, ...tail.subarray(put.length)]);
      if (how === 2) return Uint8Array.from(head);
      return Uint8Array.from([...head, ...put, ...tail.subarray(put.length)]);
    }, whole),
  );
}

/** Texts put together of words that a format is made of, and hostile ones. */
export function wordsBytes(words: readonly string[], maxLength = 40): fc.Arbitrary<Uint8Array> {
  const hostile = HOSTILE.filter((each) => typeof each === 'string');
  return fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...hostile)), {
      maxLength,
    })
    .map((parts) => bytesOf(parts.join('')));
}

/** A copy of a JSON value in which one part is another one, is gone, stands twice, or has another name. */
export function edited(json: unknown, [part, how, put]: Edit): unknown {
  let left = part % Math.max(1, sizeOf(json));
  const walk = (each: unknown): unknown => {
    const isHere = left-- === 0;
    if (isHere && how > 2) return how === 3 && typeof each === 'number' ? each + 1 : put;
    if (Array.isArray(each)) {
      const next: unknown[] = each.map(walk);
      if (isHere && how === 0) next.splice(part % Math.max(1, next.length), 1);
      if (isHere && how > 0) next.push(put, ...next.slice(0, 1));
      return next;
    }
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each).map(([name, inner]) => [name, walk(inner)] as const);
    if (!isHere) return Object.fromEntries(entries);
    const at = part % Math.max(1, entries.length);
    const name = typeof put === 'string' ? put : 'extra';
    if (how === 0) entries.splice(at, 1);
    else if (how === 1 || entries.length === 0) entries.push([name, put]);
    else entries[at] = [name, entries[at]![1]];
    return Object.fromEntries(entries);
  };
  return walk(json);
}

function sizeOf(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 1;
  return Object.values(json).reduce<number>((sum, each) => sum + sizeOf(each), 1);
}

function nested(depth: number): unknown {
  let whole: unknown = 'deep';
  for (let level = 0; level < depth; level++) whole = [whole];
  return whole;
}
