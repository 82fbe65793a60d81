import type { Item } from 'evershelf';
import type { Storefront } from 'evershelf/storefront';
import { CategoryNode } from './CategoryNode.ts';
import { type SearchResult, searchTitles } from './searchTitles.ts';

/** The shop's products by category and by word, as the shelf knows them. */
export class Catalogue {
  readonly #storefront: Storefront;
  #root: CategoryNode | undefined;

  constructor(storefront: Storefront) {
    this.#storefront = storefront;
  }

  get departments(): CategoryNode[] {
    return this.#tree().children;
  }

  item(id: string): Item | undefined {
    return this.#storefront.shelf.item(id);
  }

  /** @param path names, or names as they stand in an address */
  category(path: readonly string[]): CategoryNode | undefined {
    let node: CategoryNode | undefined = this.#tree();
    for (const name of path) node = node?.child(name);
    return node;
  }

  /** An item's own picture, or that of its category. */
  picture(item: Item): string {
    let picture = item.image;
    for (let depth = item.category?.length ?? 0; !picture && depth > 0; depth -= 1) {
      picture = this.category(item.category!.slice(0, depth))?.picture;
    }
    return picture ?? '/products/package.svg';
  }

  search(words: string): SearchResult {
    return searchTitles(words, this.#tree());
  }

  /** The shelf knows more than before. */
  expire(): void {
    this.#root = undefined;
  }

  #tree(): CategoryNode {
    if (!this.#root) {
      this.#root = new CategoryNode([]);
      for (const item of this.#storefront.shelf.items()) if (item.inStock !== false) this.#root.add(item);
    }
    return this.#root;
  }
}
