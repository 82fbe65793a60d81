import type { CategoryNode } from '../catalogue/CategoryNode.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { addressOf } from '../router/addressOf.ts';

/** All departments behind a button, and in a row beside it as many as there is room for. */
export function departmentLinks(departments: readonly CategoryNode[]): HTMLElement {
  const all = h(
    'ul',
    { class: 'departments-all', id: 'departments', popover: 'auto', role: 'list' },
    ...departments.map(({ name, path, picture }) =>
      h(
        'li',
        { style: `--hue: ${departmentHue(name)}` },
        h(
          'a',
          { href: addressOf.category(path), onclick: () => all.hidePopover() },
          h('img', {
            src: picture ?? '/products/package.svg',
            alt: '',
            width: 32,
            height: 32,
            loading: 'lazy',
          }),
          name,
        ),
      ),
    ),
  );
  const row = h(
    'ul',
    { class: 'departments-row', role: 'list' },
    ...departments.map(({ name, path }) => h('li', {}, h('a', { href: addressOf.category(path) }, name))),
  );
  const button = h(
    'button',
    { class: 'departments-button', type: 'button', popovertarget: 'departments' },
    icon('menu'),
    'Departments',
  );
  return h('nav', { class: 'departments', 'aria-label': 'Departments' }, button, all, row);
}
