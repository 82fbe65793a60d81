import { h } from './h.ts';
import { setText } from './setText.ts';
import { words } from './words.ts';

/** Counts side by side as one bar, with a legend that tells them. */
export interface CountBar<Name extends string> {
  readonly element: HTMLElement;
  update(counts: Readonly<Record<Name, number>>): void;
}

/** @param labels of the counts, by name, in their order */
export function countBar<Name extends string>(
  title: string,
  labels: Readonly<Record<Name, string>>,
): CountBar<Name> {
  const parts = (Object.keys(labels) as Name[]).map((name) => ({
    name,
    segment: h('span', { class: `swatch-${name}` }),
    count: h('b', { 'data-count': name }),
  }));
  const legend = parts.map(({ name, count }) =>
    h('li', {}, h('span', { class: `swatch swatch-${name}` }), `${labels[name]} `, count),
  );
  return {
    element: h(
      'div',
      { class: 'counts' },
      h('h3', {}, title),
      h('div', { class: 'count-bar', 'aria-hidden': 'true' }, ...parts.map(({ segment }) => segment)),
      h('ul', { class: 'legend', role: 'list' }, ...legend),
    ),
    update(counts) {
      for (const { name, segment, count } of parts) {
        segment.hidden = counts[name] === 0;
        segment.style.flexGrow = String(counts[name]);
        setText(count, words.count(counts[name]));
      }
    },
  };
}
