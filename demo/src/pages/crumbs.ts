import { h } from '../dom/h.ts';
import { addressOf } from '../router/addressOf.ts';

/** The way from the shop's front to a category; a product's page links the category itself too. */
export function crumbs(path: readonly string[], linkLast = false): HTMLElement {
  const steps = path.map((name, depth) => {
    const isHere = depth === path.length - 1 && !linkLast;
    const step = isHere
      ? h('span', { 'aria-current': 'page' }, name)
      : h('a', { href: addressOf.category(path.slice(0, depth + 1)) }, name);
    return h('li', {}, step);
  });
  return h(
    'nav',
    { class: 'crumbs', 'aria-label': 'Breadcrumb' },
    h('ol', { role: 'list' }, h('li', {}, h('a', { href: '/' }, 'Home')), ...steps),
  );
}
