import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';

/** How many of a product: a number between two buttons. */
export class QuantityStepper {
  readonly element: HTMLElement;
  readonly #value = h('output', { class: 'stepper-value', 'aria-live': 'polite' });
  readonly #less: HTMLButtonElement;
  readonly #more: HTMLButtonElement;
  readonly #changed: (quantity: number) => void;
  #quantity = 1;

  constructor(what: string, quantity: number, changed: (quantity: number) => void = () => {}) {
    this.#changed = changed;
    const button = (name: 'minus' | 'plus', label: string, by: number): HTMLButtonElement =>
      h(
        'button',
        { class: 'stepper-button', type: 'button', 'aria-label': label, onclick: () => this.#step(by) },
        icon(name),
      );
    this.#less = button('minus', 'One less', -1);
    this.#more = button('plus', 'One more', 1);
    this.element = h(
      'div',
      { class: 'stepper', role: 'group', 'aria-label': `Quantity of ${what}` },
      this.#less,
      this.#value,
      this.#more,
    );
    this.set(quantity);
  }

  get quantity(): number {
    return this.#quantity;
  }

  set(quantity: number): void {
    this.#quantity = quantity;
    this.#value.value = String(quantity);
    this.#less.disabled = quantity <= 1;
    this.#more.disabled = quantity >= 99;
  }

  #step(by: number): void {
    this.set(this.#quantity + by);
    this.#changed(this.#quantity);
  }
}
