import type { EngineName, EngineStatus } from '../../types.ts';
import { h } from './h.ts';
import { setText } from './setText.ts';
import { words } from './words.ts';

/** The median answer of each engine that was measured, as bars side by side. */
export function engineBars(): { readonly element: HTMLElement; update(engine: EngineStatus): void } {
  const rows = (Object.keys(words.engines) as EngineName[]).map((name) => {
    const bar = h('span', { class: 'engine-bar' });
    const median = h('span', { class: 'engine-median' });
    const track = h('span', { class: 'engine-track', 'aria-hidden': 'true' }, bar);
    return { name, bar, median, element: h('li', {}, h('span', {}, words.engines[name]), track, median) };
  });
  return {
    element: h('ul', { class: 'engines', role: 'list' }, ...rows.map(({ element }) => element)),
    update({ name: taken, milliseconds }) {
      const longest = Math.max(...Object.values(milliseconds), 0.001);
      for (const { name, bar, median, element } of rows) {
        const value = milliseconds[name];
        element.classList.toggle('engine-taken', name === taken);
        bar.style.width = `${(100 * (value ?? 0)) / longest}%`;
        setText(median, value === undefined ? 'not measured' : words.milliseconds(value));
      }
    },
  };
}
