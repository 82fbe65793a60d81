import { h } from './h.ts';
import type { ScorePart } from './scoreParts.ts';
import { words } from './words.ts';

/** Parts of a score on both sides of nothing, as one bar; what each gave stands below in words. */
export function scoreBar(parts: readonly ScorePart[]): HTMLElement {
  const against = parts.filter(({ gave }) => gave < 0);
  const towards = parts.filter(({ gave }) => gave > 0);
  return h(
    'div',
    { class: 'score' },
    h(
      'div',
      { class: 'score-bar', 'aria-hidden': 'true' },
      ...against.toReversed().map(segment),
      h('span', { class: 'score-nothing' }),
      ...towards.map(segment),
    ),
    h(
      'ul',
      { class: 'score-parts', role: 'list' },
      ...parts.map(({ name, label, gave }) =>
        h(
          'li',
          {},
          h('span', { class: `swatch swatch-${name}` }),
          h('span', {}, label),
          h('b', {}, words.signed(gave)),
        ),
      ),
    ),
  );
}

function segment({ name, gave }: ScorePart): HTMLElement {
  const element = h('span', { class: `swatch-${name}` });
  // By the object model: a style attribute is refused by a strict policy.
  element.style.flexGrow = String(Math.abs(gave));
  return element;
}
