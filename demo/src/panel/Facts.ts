import { h } from '../dom/h.ts';
import { setText } from '../dom/setText.ts';

/** Names with their values, side by side as tiles. */
export class Facts {
  readonly element = h('dl', { class: 'facts' });
  readonly #values = new Map<string, HTMLElement>();

  /** @param testId of the value */
  add(name: string, testId?: string): this {
    const value = h('dd', { 'data-testid': testId });
    this.#values.set(name, value);
    this.element.append(h('div', { class: 'fact' }, h('dt', {}, name), value));
    return this;
  }

  set(name: string, value: string): void {
    setText(this.#values.get(name)!, value);
  }
}
