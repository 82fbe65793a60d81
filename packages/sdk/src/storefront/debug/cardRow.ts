import type { DrawnCard, DrawnShelf } from '../measure/DrawnShelf.ts';
import type { Storefront } from '../Storefront.ts';
import { h } from './h.ts';
import type { Highlight } from './highlight.ts';
import { scoreBar } from './scoreBar.ts';
import { scoreParts } from './scoreParts.ts';
import { setText } from './setText.ts';
import { words } from './words.ts';

/** Items of the history that an explanation names. */
const NAMED = 5;

/** A card of a shelf: how it is known, and on demand why it stands there. */
export interface CardRow {
  readonly element: HTMLElement;
  update(shelf: DrawnShelf, card: DrawnCard): void;
}

export function cardRow(storefront: Storefront, frame: Highlight): CardRow {
  let shown: { readonly shelf: DrawnShelf; readonly card: DrawnCard } | undefined;
  const position = h('span', { class: 'card-position' });
  const title = h('span', { class: 'card-title', dir: 'auto' });
  const rung = h('span', {});
  const summary = h('summary', { class: 'card-summary' }, position, title, rung);
  const why = h('div', { class: 'card-why' });
  const details = h('details', { class: 'card', ontoggle: () => explain() }, summary, why);
  const element = h(
    'li',
    {
      onpointerenter: () => frame.show(shown?.card.element),
      onpointerleave: () => frame.show(undefined),
      onfocusin: () => frame.show(shown?.card.element),
      onfocusout: () => frame.show(undefined),
    },
    details,
  );

  const explain = (): void => {
    if (!details.open || shown === undefined) return;
    const { shelf, card } = shown;
    const { item, score, boost, token, freshness } = card.recommended;
    const { intent, context } = shelf.asked;
    const explanation = storefront.shelf.explain(item.id, {
      ...(intent !== undefined && { intent }),
      ...(context !== undefined && { context }),
    });
    const facts: readonly (readonly [string, string | undefined])[] = [
      ['Id', item.id],
      ['Score', score.toFixed(2)],
      ['Rung', words.meanings[card.recommended.rung]],
      ['Stands in', token],
      ['Attributes', words.freshnesses[freshness].toLowerCase()],
      ['Rule', card.recommended.pinned && 'pinned here'],
      ['Variant', card.variant],
      ['Propensity', card.propensity === 1 ? undefined : card.propensity.toFixed(2)],
    ];
    const rows = facts.flatMap(([name, value]) =>
      value === undefined ? [] : [h('div', {}, h('dt', {}, name), h('dd', { dir: 'auto' }, value))],
    );
    why.replaceChildren(h('dl', { class: 'facts facts-rows' }, ...rows));
    if (explanation === undefined) {
      why.append(h('p', { class: 'small' }, 'What each signal gave is told once all of the model is here.'));
      return;
    }
    why.append(scoreBar(scoreParts(explanation.signals, boost)));
    const given = explanation.history
      .filter(({ gave }) => Math.abs(gave) >= 0.005)
      .toSorted((a, b) => Math.abs(b.gave) - Math.abs(a.gave))
      .slice(0, NAMED);
    if (given.length === 0) return;
    why.append(
      h('h4', {}, 'From the history'),
      h(
        'ul',
        { class: 'score-parts', role: 'list' },
        ...given.map(({ item: past, gave }) =>
          h('li', {}, h('span', { dir: 'auto' }, past.title ?? past.id), h('b', {}, words.signed(gave))),
        ),
      ),
    );
  };

  return {
    element,
    update(shelf, card) {
      const { item, rung: name } = card.recommended;
      shown = { shelf, card };
      element.dataset['item'] = item.id;
      setText(position, String(card.position));
      setText(title, item.title ?? item.category?.at(-1) ?? item.id);
      setText(rung, words.rungs[name]);
      rung.className = `rung rung-${name}`;
      explain();
    },
  };
}
