import type { Shop } from '../app/Shop.ts';
import type { ShelfSpec } from './ShelfSpec.ts';
import { ShelfView } from './ShelfView.ts';

/** Products on a shelf. */
const SIZE = 12;

/** The shelves of a page. They are asked for again whenever something changed, one after the other. */
export class ShelfGroup {
  readonly #shop: Shop;
  readonly #signal: AbortSignal;
  readonly #shelves: { spec: ShelfSpec; view: ShelfView }[] = [];
  readonly #announced = new Set<string>();
  #running = false;
  #again = false;

  constructor(shop: Shop, signal: AbortSignal) {
    this.#shop = shop;
    this.#signal = signal;
    for (const { id } of shop.arrivals.announced) this.#announced.add(id);
    shop.changed.on(() => this.refresh(), signal);
    queueMicrotask(() => this.refresh());
  }

  add(spec: ShelfSpec): HTMLElement {
    const view = new ShelfView(this.#shop, spec);
    if (!spec.options()) view.hide();
    this.#shelves.push({ spec, view });
    return view.element;
  }

  refresh(): void {
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#again && !this.#signal.aborted) {
      this.#again = false;
      const above = new Set<string>();
      const deadline = this.#deadline();
      for (const { spec, view } of this.#shelves) {
        if (this.#signal.aborted) break;
        await this.#fill(spec, view, above, deadline);
      }
    }
    this.#running = false;
  }

  async #fill(spec: ShelfSpec, view: ShelfView, above: Set<string>, deadline: object): Promise<void> {
    const options = spec.options();
    if (!options) return view.hide();
    const rules = spec.variety === false ? {} : { caps: [{ by: 'title', most: 1 }] };
    try {
      const { items } = await this.#shop.ranking.recommend({
        candidates: this.#shop.arrivals.announced,
        ...options,
        ...deadline,
        k: SIZE,
        rules: { ...rules, ...options.rules },
        exclude: [...(options.exclude ?? []), ...(spec.fresh ? above : [])],
        signal: this.#signal,
      });
      if (this.#signal.aborted) return;
      for (const { item } of items) above.add(item.id);
      view.show(items);
    } catch (error) {
      if (this.#signal.aborted) return;
      console.error(error);
      view.fail(() => this.refresh());
    }
  }

  /** A product that was announced just now is shown at once, by what is known of it. */
  #deadline(): { deadline?: number } {
    const before = this.#announced.size;
    for (const { id } of this.#shop.arrivals.announced) this.#announced.add(id);
    return this.#announced.size > before ? { deadline: 0 } : {};
  }
}
