/** Stands between the levels of a category path inside a token. */
const LEVEL = '>';

/** The attribute whose path the ladder climbs. */
export const CATEGORY = 'category';

/** One feature token for each level of a category path, root first: `category=grocery`, `category=grocery>frozen`. */
export function categoryFeatures(path: readonly string[]): string[] {
  return levels(path).map((level) => `${CATEGORY}=${level}`);
}

/**
 * The unknown tokens of a category path, the root's first: `unknown`, `unknown_grocery`, `unknown_grocery>frozen`.
 * Each is a trained row that stands for any item of that level of which nothing else is known.
 */
export function unknownTokens(path: readonly string[]): string[] {
  return ['unknown', ...levels(path).map((level) => `unknown_${level}`)];
}

/** Each level of a path under one spelling, root first: `grocery`, `grocery>frozen`. */
export function levels(path: readonly string[]): string[] {
  let level = '';
  return path.map((name) => (level = level === '' ? fold(name) : level + LEVEL + fold(name)));
}

/** One spelling for what people write in many: composed, lower case, single spaces. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
