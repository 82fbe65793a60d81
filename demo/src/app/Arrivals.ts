import type { Item } from 'evershelf';
import { Emitter } from './Emitter.ts';
import { askBackstage } from './askBackstage.ts';
import { Stored } from './Stored.ts';

const MAX_ANNOUNCED = 12;

/**
 * Products that were listed while this tab was open. The page announces them by id and category alone; the rest of
 * what is known of them comes with the metadata.
 */
export class Arrivals {
  readonly changed = new Emitter();
  readonly #stored = new Stored(() => sessionStorage, 'arrivals', checkItems);
  #announced: readonly Item[] = this.#stored.read();

  get announced(): readonly Item[] {
    return this.#announced;
  }

  /** Lists a new product with the shop's service, and announces it. */
  async request(): Promise<Item> {
    const { item } = await askBackstage<{ item: Item }>('POST', 'arrivals');
    const { id, category = [] } = item;
    const announced = { id, category };
    this.#announced = [announced, ...this.#announced].slice(0, MAX_ANNOUNCED);
    this.#stored.write(this.#announced);
    this.changed.emit();
    return announced;
  }
}

function checkItems(value: unknown): readonly Item[] {
  return Array.isArray(value)
    ? value.filter((item: Partial<Item> | null) => typeof item?.id === 'string')
    : [];
}
