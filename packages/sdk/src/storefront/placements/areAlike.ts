import type { Item } from '@evershelf/model';

/** Words that titles share without being alike, of the languages that shelves speak. */
const LINKING = new Set(
  'with without from your this that avec sans pour dans para desde ohne oder eine einem einer'.split(' '),
);

/** True where two items are of one category, to its leaf, of one brand, or share a word of their titles of four letters or more. */
export function areAlike(a: Item, b: Item): boolean {
  const share = (of: (item: Item) => readonly unknown[]): boolean => {
    const own = new Set(of(a));
    return of(b).some((each) => own.has(each));
  };
  return (
    share(({ category }) => (category?.length ? [category.join('\0')] : [])) ||
    share(({ brand }) => (typeof brand === 'string' && brand !== '' ? [brand.toLowerCase()] : [])) ||
    share(({ title = '' }) => wordsIn(title))
  );
}

function wordsIn(title: string): string[] {
  const words =
    title
      .normalize()
      .toLowerCase()
      .match(/[\p{L}\p{M}]{4,}/gu) ?? [];
  return words.filter((word) => !LINKING.has(word));
}
