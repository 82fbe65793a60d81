import type { Shop } from '../app/Shop.ts';
import { itemDetails } from '../catalogue/itemDetails.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { addressOf } from '../router/addressOf.ts';
import type { Router } from '../router/Router.ts';
import { here } from '../shops/here.ts';

const MAX_CATEGORIES = 3;
const MAX_ITEMS = 7;

/** A box that finds categories and products while one types. */
export class SearchBox {
  readonly element: HTMLElement;
  readonly #input = h('input', {
    class: 'search-input',
    type: 'search',
    name: 'q',
    role: 'combobox',
    placeholder: here.search.hint,
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    disabled: true,
    'aria-label': here.search.hint,
    'aria-autocomplete': 'list',
    'aria-controls': 'found',
    'aria-expanded': 'false',
    'data-testid': 'search',
  });
  readonly #found = h('div', {
    class: 'found',
    id: 'found',
    role: 'listbox',
    'aria-label': 'Found',
    hidden: true,
  });
  readonly #router: Router;
  #shop: Shop | undefined;
  #active = -1;

  constructor(router: Router) {
    this.#router = router;
    this.element = h(
      'form',
      { class: 'search', role: 'search', action: '/search', onsubmit: (event: Event) => this.#submit(event) },
      icon('search'),
      this.#input,
      this.#found,
    );
    this.#input.addEventListener('input', () => this.#look());
    this.#input.addEventListener('focus', () => this.#look());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusout', (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.#close();
    });
    this.#found.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#found.addEventListener('click', () => this.#leave());
  }

  ready(shop: Shop): void {
    this.#shop = shop;
    this.#input.disabled = false;
  }

  get #options(): HTMLElement[] {
    return [...this.#found.querySelectorAll<HTMLElement>('[role=option]')];
  }

  #look(): void {
    const words = this.#input.value.trim();
    if (!this.#shop || words.length < 2) return this.#close();
    const { catalogue } = this.#shop;
    const { categories, items } = catalogue.search(words);
    const options = [
      ...categories
        .slice(0, MAX_CATEGORIES)
        .map(({ name, path }) => option(addressOf.category(path), icon('category'), name, path[0]!)),
      ...items.slice(0, MAX_ITEMS).map((item) => {
        const picture = h('img', { src: catalogue.picture(item), alt: '', width: 32, height: 32 });
        return option(addressOf.product(item.id), picture, item.title!, itemDetails(item));
      }),
    ];
    for (const [place, element] of options.entries()) element.id = `found-${place}`;
    if (options.length === 0) options.push(h('p', { class: 'found-none' }, `Nothing for “${words}”.`));
    this.#found.replaceChildren(...options);
    this.#found.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#activate(-1);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.#close();
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    if (this.#found.hidden) return this.#look();
    const count = this.#options.length + 1;
    this.#activate(((this.#active + 1 + by + count) % count) - 1);
  }

  #activate(place: number): void {
    this.#active = place;
    const options = this.#options;
    for (const [at, element] of options.entries()) element.ariaSelected = String(at === place);
    const active = options[place];
    active?.scrollIntoView({ block: 'nearest' });
    if (active) this.#input.setAttribute('aria-activedescendant', active.id);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  #submit(event: Event): void {
    event.preventDefault();
    const active = this.#options[this.#active];
    if (active && !this.#found.hidden) return active.click();
    const words = this.#input.value.trim();
    if (!words) return;
    this.#close();
    this.#router.go(addressOf.search(words));
  }

  #leave(): void {
    this.#input.value = '';
    this.#close();
  }

  #close(): void {
    this.#found.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }
}

function option(href: string, picture: Node, title: string, note: string): HTMLElement {
  return h(
    'a',
    { class: 'found-option', role: 'option', tabindex: -1, href },
    picture,
    h('span', { class: 'found-title' }, title),
    h('span', { class: 'found-note' }, note),
  );
}
