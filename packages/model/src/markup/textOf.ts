/** Longest text that is read, in UTF-16 code units; what is longer is cut. */
const LENGTH = 1000;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
};

/**
 * What a page wrote as a text or a number, in one line; undefined where that is neither, or empty. Shops put into their data what
 * they wrote for HTML, so character references are read.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value)
    .slice(0, 2 * LENGTH)
    .replace(
      /&(?:#(x[\da-f]{1,6}|\d{1,7})|(amp|quot|apos|lt|gt|nbsp));/giu,
      (whole, code?: string, name?: string) =>
        code === undefined ? NAMED[name!.toLowerCase()]! : (characterOf(code) ?? whole),
    )
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LENGTH);
  return text === '' ? undefined : text;
}

function characterOf(code: string): string | undefined {
  const point = Number(/^x/i.test(code) ? `0${code}` : code);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
