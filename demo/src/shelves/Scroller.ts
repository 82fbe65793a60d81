import { h } from '../dom/h.ts';
import { icon, type IconName } from '../dom/icon.ts';

/** Two buttons that move a list sideways by what it shows. */
export class Scroller {
  readonly element: HTMLElement;
  readonly #list: HTMLElement;
  readonly #back: HTMLButtonElement;
  readonly #on: HTMLButtonElement;

  constructor(list: HTMLElement) {
    this.#list = list;
    this.#back = this.#button('left', 'Scroll back', -1);
    this.#on = this.#button('right', 'Scroll on', 1);
    this.element = h('div', { class: 'scroller' }, this.#back, this.#on);
    list.addEventListener('scroll', () => this.update(), { passive: true });
    new ResizeObserver(() => this.update()).observe(list);
  }

  update(): void {
    const { scrollLeft, scrollWidth, clientWidth } = this.#list;
    this.#back.disabled = scrollLeft < 4;
    this.#on.disabled = scrollLeft + clientWidth > scrollWidth - 4;
    this.element.hidden = this.#back.disabled && this.#on.disabled;
  }

  #button(name: IconName, label: string, direction: number): HTMLButtonElement {
    const onclick = (): void => this.#list.scrollBy({ left: direction * this.#list.clientWidth * 0.85 });
    return h('button', { class: 'round-button', type: 'button', 'aria-label': label, onclick }, icon(name));
  }
}
