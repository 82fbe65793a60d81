import type { ShelfStatus } from 'evershelf';
import { h } from '../dom/h.ts';
import { milliseconds } from './milliseconds.ts';

/** What the panel calls the engines. */
export const NAMES = { cpu: 'CPU', worker: 'Worker', webgpu: 'WebGPU' } as const;

/** The median answer of each engine that was measured, as bars side by side. */
export class EngineBars {
  readonly element = h('ul', { class: 'engines', role: 'list' });

  update({ engines }: ShelfStatus): void {
    const { name: taken, milliseconds: medians } = engines.one;
    const longest = Math.max(...Object.values(medians), 0.001);
    this.element.replaceChildren(
      ...(['cpu', 'worker', 'webgpu'] as const).map((name) => {
        const median = medians[name];
        return h(
          'li',
          { class: name === taken ? 'engine engine-taken' : 'engine' },
          h('span', { class: 'engine-name' }, NAMES[name]),
          h(
            'span',
            { class: 'engine-track' },
            h('span', { class: 'engine-bar', style: `width: ${(100 * (median ?? 0)) / longest}%` }),
          ),
          h('span', { class: 'engine-ms' }, median === undefined ? 'not measured' : milliseconds(median)),
        );
      }),
    );
  }
}
