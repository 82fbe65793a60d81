/** What stands between the levels of a category path in one text. */
export const PATH = /[>›»]/u;

/** The levels of a category path in one text, root first. */
export function levelsOf(path: string): string[] {
  return path
    .split(PATH)
    .map((level) => level.trim())
    .filter((level) => level !== '');
}
