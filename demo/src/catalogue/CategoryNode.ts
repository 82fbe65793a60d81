import type { Item } from 'evershelf';
import { slug } from './slug.ts';

/** A category, what lies in it and below it. */
export class CategoryNode {
  readonly path: readonly string[];
  readonly items: Item[] = [];
  readonly #children = new Map<string, CategoryNode>();
  readonly #pictures = new Map<string, number>();

  constructor(path: readonly string[]) {
    this.path = path;
  }

  get name(): string {
    return this.path.at(-1) ?? '';
  }

  /** By name. */
  get children(): CategoryNode[] {
    return [...this.#children.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The picture that most of its items have. */
  get picture(): string | undefined {
    let best: string | undefined;
    for (const [picture, count] of this.#pictures) {
      if (best === undefined || count > this.#pictures.get(best)!) best = picture;
    }
    return best;
  }

  child(name: string): CategoryNode | undefined {
    return this.#children.get(slug(name));
  }

  /** Adds an item that lies in this category or below it. */
  add(item: Item): void {
    this.items.push(item);
    if (item.image) this.#pictures.set(item.image, (this.#pictures.get(item.image) ?? 0) + 1);
    const next = item.category?.[this.path.length];
    if (next === undefined) return;
    let child = this.child(next);
    if (!child) {
      child = new CategoryNode([...this.path, next]);
      this.#children.set(slug(next), child);
    }
    child.add(item);
  }
}
