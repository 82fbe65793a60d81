/** A function of any kind, as the page has it. */
type Any = (this: unknown, ...given: unknown[]) => unknown;

/**
 * Libraries of before 2015, such as Prototype and MooTools, have put functions of their own under names of the language: `Array.from`
 * without its second argument, `reduce` without any, `toJSON` that gives the JSON itself. Where a page has such ones they also do what
 * the language says, when they are called as it says; whoever calls them as the library says gets what they gave before.
 */
export function repairBuiltIns(): void {
  const array = Array as unknown as { from: Any };
  const arrays = Array.prototype as unknown as { reduce: Any };
  if (!gives(['2'], () => Array.from(new Set([1]), (each) => `${each + 1}`)))
    array.from = amended(array.from, ([from, ...how]) => {
      const isIterable = typeof (from as Iterable<unknown> | undefined)?.[Symbol.iterator] === 'function';
      if (how.length === 0 && !(isIterable && !('length' in Object(from)))) return undefined;
      const all: unknown[] = [];
      if (isIterable) {
        for (const each of from as Iterable<unknown>) all.push(each);
      } else
        for (let i = 0; i < (from as ArrayLike<unknown>).length; i++)
          all.push((from as ArrayLike<unknown>)[i]);
      const [make, context] = how as [Any | undefined, unknown];
      return { result: make === undefined ? all : all.map((each, i) => make.call(context, each, i)) };
    });
  if (!gives([3], () => [[1, 2].reduce((sum, each) => sum + each)]))
    arrays.reduce = amended(arrays.reduce, ([step, ...start], all) => {
      if (typeof step !== 'function') return undefined;
      const list = all as unknown[];
      let result = start.length > 0 ? start[0] : list[0];
      for (let i = 1 - start.length; i < list.length; i++) result = (step as Any)(result, list[i], i, list);
      return { result };
    });
  for (const { prototype } of [Array, String]) {
    const written = prototype as { toJSON?: Any };
    // JSON.stringify says of what it writes the value, the libraries nothing.
    if (written.toJSON !== undefined)
      written.toJSON = amended(written.toJSON, ({ length }, value) =>
        length > 0 ? { result: value } : undefined,
      );
  }
}

function amended(
  before: Any,
  meant: (given: unknown[], self: unknown) => { result: unknown } | undefined,
): Any {
  return function (...given) {
    return (meant(given, this) ?? { result: before.apply(this, given) }).result;
  };
}

function gives(wanted: readonly unknown[], call: () => unknown): boolean {
  try {
    const found = call();
    return Array.isArray(found) && wanted.every((each, i) => found[i] === each);
  } catch {
    return false;
  }
}
