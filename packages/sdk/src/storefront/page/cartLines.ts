import type { Found, Line } from '@evershelf/model/markup';

/** Most lines of a cart. */
const LINES = 100;

/** A cart with some more. */
export function added(lines: readonly Line[] = [], more: readonly Line[]): Line[] {
  const sum = [...lines];
  for (const line of more) {
    const at = sum.findIndex(({ found }) => isSame(found, line.found));
    if (at < 0) sum.push({ ...line, quantity: line.quantity ?? 1 });
    else sum[at] = { ...sum[at]!, quantity: (sum[at]!.quantity ?? 1) + (line.quantity ?? 1) };
  }
  return sum.slice(-LINES);
}

/** A cart with some less: all of an item where no quantity is said. */
export function removed(lines: readonly Line[] = [], less: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    const taken = less.find(({ found }) => isSame(found, line.found));
    if (taken === undefined) return [line];
    const left = (line.quantity ?? 1) - (taken.quantity ?? Infinity);
    return left > 0 ? [{ ...line, quantity: left }] : [];
  });
}

/** True for the same item; variants of one product may share other ids. */
function isSame(a: Found, b: Found): boolean {
  return a.item.id === b.item.id;
}
