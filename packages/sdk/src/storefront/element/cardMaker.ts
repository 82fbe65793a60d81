import { bindParts } from './bindParts.ts';
import type { CardContent } from './partValues.ts';

/** One product on a shelf. It is changed in place, so that neither the focus nor the picture is lost. */
export interface Card {
  readonly element: HTMLLIElement;
  show(content: CardContent): void;
}

/** Makes the cards of a shelf. */
export interface CardMaker {
  card(content: CardContent): Card;
  /** What stands in for a card that is to come: of its size, and nothing to anybody who does not see it. */
  skeleton(): HTMLLIElement;
}

/**
 * @param template what the shop makes of a product; the default card where there is none
 * @param why true where the default card says why it is here
 */
export function cardMaker(template: HTMLTemplateElement | undefined, why: boolean): CardMaker {
  const made = (): HTMLLIElement => (template === undefined ? defaultCard(why) : listItem(template));
  return {
    card(content) {
      const element = made();
      const show = bindParts(element);
      show(content);
      element.dataset['item'] = content.item.id;
      return { element, show };
    },
    skeleton() {
      const element = made();
      bindParts(element)(undefined);
      element.classList.add('evershelf-skeleton');
      element.ariaHidden = 'true';
      element.inert = true;
      return element;
    },
  };
}

/** A template's content as an entry of a list; where it is one already, that one. */
function listItem({ content }: HTMLTemplateElement): HTMLLIElement {
  const copy = document.importNode(content, true);
  const [first, ...others] = copy.children;
  const item = first instanceof HTMLLIElement && others.length === 0 ? first : document.createElement('li');
  if (item !== first) item.append(copy);
  item.classList.add('evershelf-item');
  return item;
}

function defaultCard(why: boolean): HTMLLIElement {
  const item = make('li', 'item');
  const card = make('a', 'card', 'link');
  const picture = make('span', 'picture');
  const image = make('img', 'image', 'image');
  // The title says what it is.
  Object.assign(image, { alt: '', loading: 'lazy', decoding: 'async', width: 240, height: 240 });
  picture.append(image);
  card.append(picture, make('span', 'title', 'title'), make('span', 'price', 'price'));
  if (why) card.append(make('span', 'why', 'why'));
  item.append(card);
  return item;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  label: string,
  part?: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = `evershelf-${label}`;
  if (part !== undefined) element.dataset['part'] = part;
  return element;
}
