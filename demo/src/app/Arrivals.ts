import type { Item } from 'evershelf';
import { Emitter } from './Emitter.ts';
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
    const answer = await fetch('/demo/arrivals', { method: 'POST' }).catch(() => {
      throw new Error('The shop’s server cannot be reached.');
    });
    const body = (await answer.json().catch(() => ({}))) as { item?: Item; error?: string };
    if (!answer.ok || !body.item)
      throw new Error(body.error ?? `The shop’s server answered ${answer.status}.`);
    const { id, category = [] } = body.item;
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
