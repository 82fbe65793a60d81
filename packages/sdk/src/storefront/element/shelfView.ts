import { type Card, cardMaker } from './cardMaker.ts';
import type { Messages } from './messages.ts';
import type { CardContent } from './partValues.ts';
import { placeCards } from './placeCards.ts';
import { scroller } from './scroller.ts';

/** What a shelf looks like, beside its cards. */
export interface ViewOptions {
  readonly template: HTMLTemplateElement | undefined;
  /** True where default cards say why they are there. */
  readonly why: boolean;
  readonly layout: 'row' | 'grid';
  /** How many cards there will be. */
  readonly count: number;
}

/** The heading of a shelf: an element of the shop's own, or a text and its level; a name without a level is heard, and not seen. */
export type Heading = Element | { readonly text: string; readonly level: number | undefined };

/** The part of a shelf that is not the shop's own: a heading where the shop has none, the list, its buttons. */
export interface ShelfView {
  readonly section: HTMLElement;
  readonly options: ViewOptions;
  label(heading: Heading, messages: Messages): void;
  /** True until there is an answer. */
  busy(is: boolean): void;
  /**
   * Shows cards, by item: one that is there already is changed in place.
   *
   * @param held true where no card may move now; then only what the cards say is changed
   * @returns the elements of the cards, in their order; undefined where cards would have moved
   */
  show(contents: readonly CardContent[], held: boolean): readonly HTMLElement[] | undefined;
  close(): void;
}

/** A page that was copied, or kept, has names of its own already. */
const PAGE = `evershelf-${Math.random().toString(36).slice(2, 8)}`;
let views = 0;

export function shelfView(options: ViewOptions): ShelfView {
  const name = `${PAGE}-${++views}`;
  const maker = cardMaker(options.template, options.why);
  const section = document.createElement('section');
  section.className = `evershelf-section evershelf-${options.layout}`;
  const list = document.createElement('ul');
  list.className = 'evershelf-list';
  list.id = `${name}-list`;
  // Safari takes a list without markers for none.
  list.role = 'list';
  list.append(...Array.from({ length: options.count }, () => maker.skeleton()));
  const buttons = options.layout === 'row' ? scroller(list) : undefined;
  section.append(...(buttons === undefined ? [] : [buttons.element]), list);
  let title: HTMLElement | undefined;
  let cards = new Map<string, Card>();

  return {
    section,
    options,
    label(heading, messages) {
      buttons?.label(messages);
      const names = 'level' in heading ? titleOf(heading) : heading;
      if (names !== title) title?.remove();
      section.ariaLabel = 'level' in heading && names === undefined ? heading.text : null;
      if (names === undefined) section.removeAttribute('aria-labelledby');
      else section.setAttribute('aria-labelledby', (names.id ||= `${name}-heading`));
    },
    busy(is) {
      section.ariaBusy = is ? 'true' : null;
    },
    show(contents, held) {
      const ids = contents.map(({ item }) => item.id);
      const stays = ids.join('\0') === [...cards.keys()].join('\0');
      for (const content of contents)
        cards
          .get(content.item.id)
          ?.show(held && !stays ? { ...content, position: placeOf(content) } : content);
      if (stays) return elements();
      if (held && cards.size > 0) return undefined;
      const before = cards;
      cards = new Map(
        contents.map((content) => {
          const card = before.get(content.item.id) ?? maker.card(content);
          if (before.size > 0) card.element.classList.toggle('evershelf-new', !before.has(content.item.id));
          return [content.item.id, card];
        }),
      );
      const { scrollLeft } = list;
      placeCards(list, elements());
      if (list.scrollLeft !== scrollLeft) list.scrollTo({ left: scrollLeft, behavior: 'instant' });
      return elements();
    },
    close() {
      buttons?.close();
      section.remove();
    },
  };

  function titleOf({ text, level }: Exclude<Heading, Element>): HTMLElement | undefined {
    if (level === undefined) return undefined;
    if (title?.tagName !== `H${level}`) {
      title?.remove();
      title = document.createElement(`h${level}`);
      title.className = 'evershelf-heading';
    }
    if (title.textContent !== text) title.textContent = text;
    if (title.parentNode !== section) section.prepend(title);
    return title;
  }

  function elements(): HTMLElement[] {
    return [...cards.values()].map(({ element }) => element);
  }

  /** Where the card of an item stands now, from 1. */
  function placeOf({ item }: CardContent): number {
    return [...cards.keys()].indexOf(item.id) + 1;
  }
}
