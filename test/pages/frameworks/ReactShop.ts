import { createElement, useState, version } from 'react';
import { EvershelfShelf } from '../../../packages/sdk/src/react/index.ts';

/** A shop of React: a shelf whose props change, and that leaves and comes back. */
export function ReactShop() {
  const [state, setState] = useState({ count: 4, shown: true });
  const button = (text: string, next: Partial<typeof state>) =>
    createElement('button', { onClick: () => setState({ ...state, ...next }) }, text);
  const shelf = createElement(EvershelfShelf, {
    placement: 'home',
    count: state.count,
    className: 'of-the-shop',
    style: { maxInlineSize: '120rem' },
    why: state.count > 4,
    repeat: false,
    where: { price: { to: 5 } },
    brandCap: 1,
  });
  return createElement(
    'main',
    { 'data-version': version },
    ...[button('More', { count: 6 }), button('Away', { shown: false }), button('Back', { shown: true })],
    state.shown ? shelf : null,
  );
}
