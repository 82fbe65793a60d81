import type { Item } from 'evershelf';
import type { CategoryNode } from './CategoryNode.ts';

export interface SearchResult {
  readonly categories: readonly CategoryNode[];
  /** Best first, one for each title. */
  readonly items: readonly Item[];
}

/** Finds the titles and categories that have all the words: those that are that first, then those that begin with it. */
export function searchTitles(words: string, root: CategoryNode): SearchResult {
  const query = words.trim().toLowerCase();
  const terms = query.split(/\s+/).filter(Boolean);
  if (terms.length === 0) return { categories: [], items: [] };

  const byTitle = new Map<string, Item>();
  for (const item of root.items) if (item.title && !byTitle.has(item.title)) byTitle.set(item.title, item);
  const categories = root.children.flatMap((department) => [department, ...department.children]);

  return {
    categories: best(categories, (category) => category.name, query, terms),
    items: best([...byTitle.values()], (item) => item.title!, query, terms),
  };
}

function best<T>(all: readonly T[], nameOf: (one: T) => string, query: string, terms: string[]): T[] {
  return all
    .map((one) => ({ one, name: nameOf(one).toLowerCase() }))
    .filter(({ name }) => terms.every((term) => name.includes(term)))
    .map(({ one, name }) => ({ one, name, place: placeOf(name, query, terms) }))
    .sort((a, b) => a.place - b.place || a.name.length - b.name.length || a.name.localeCompare(b.name))
    .map(({ one }) => one);
}

function placeOf(name: string, query: string, terms: readonly string[]): number {
  // What a product is stands last before the comma: "White milk, 1 gal" is milk, "Milk-based formula" is not.
  if (` ${name.split(',')[0]}`.endsWith(` ${query}`)) return 0;
  if (name.startsWith(query)) return 1;
  return terms.every((term) => ` ${name}`.includes(` ${term}`)) ? 2 : 3;
}
