import { h } from '../dom/h.ts';

export interface Part {
  readonly name: string;
  readonly label: string;
  readonly count: number;
  /** What the part means, for the pointer. */
  readonly meaning?: string;
}

const format = new Intl.NumberFormat('en-US');

/** A bar of parts with a legend that tells their counts. */
export class StackedBar {
  readonly element: HTMLElement;
  readonly #bar = h('div', { class: 'bar', 'aria-hidden': 'true' });
  readonly #legend = h('ul', { class: 'legend', role: 'list' });

  constructor(title: string) {
    this.element = h('div', { class: 'panel-chart' }, h('h3', {}, title), this.#bar, this.#legend);
  }

  update(parts: readonly Part[]): void {
    this.#bar.replaceChildren(
      ...parts
        .filter(({ count }) => count > 0)
        .map(({ name, count }) => h('span', { class: `part part-${name}`, style: `flex-grow: ${count}` })),
    );
    this.#legend.replaceChildren(
      ...parts.map(({ name, label, count, meaning }) =>
        h(
          'li',
          { class: count > 0 ? '' : 'legend-none', title: meaning },
          h('span', { class: `part part-${name}` }),
          `${label} `,
          h('b', {}, format.format(count)),
        ),
      ),
    );
  }
}
