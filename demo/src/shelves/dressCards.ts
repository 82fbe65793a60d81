import type { DrawnCard } from 'evershelf/storefront';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemDetails } from '../catalogue/itemDetails.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { setText } from '../dom/setText.ts';
import { freshnesses } from './freshnesses.ts';
import { rungs } from './rungs.ts';

/** Gives the cards of all shelves what is the shop's own: a tint, a picture where the product has none yet, and how it is known. */
export function dressCards(shop: Shop): void {
  const dress = (): void => {
    for (const { cards } of shop.storefront.shelves()) for (const card of cards) dressCard(shop, card);
  };
  shop.storefront.on('shelves', dress);
  dress();
}

function dressCard(shop: Shop, { element, recommended }: DrawnCard): void {
  const card = element as HTMLElement;
  const { item, rung, freshness, token } = recommended;
  const { dataset, classList } = card;
  dataset['testid'] = 'card';
  card.style.setProperty('--hue', String(departmentHue(item.category?.[0])));
  if (item.title === undefined) {
    setText(part(card, 'card-title'), itemTitle(item));
    part(card, 'card-title').hidden = false;
    part(card, 'card-add').ariaLabel = `Add ${itemTitle(item)} to cart`;
  }
  if (item.image === undefined) {
    const image = card.querySelector('img')!;
    const picture = shop.catalogue.picture(item);
    if (image.getAttribute('src') !== picture) image.src = picture;
    image.hidden = false;
  }
  setText(part(card, 'card-details'), itemDetails(item));

  const before = { rung: dataset['rung'], freshness: dataset['freshness'] };
  if (before.rung === rung && before.freshness === freshness && dataset['token'] === token) return;
  dataset['rung'] = rung;
  dataset['freshness'] = freshness;
  if (token === undefined) delete dataset['token'];
  else dataset['token'] = token;
  const badge = part(card, 'rung-badge');
  badge.replaceChildren(icon(rung), rungs[rung].label);
  badge.title = rungs[rung].meaning;
  part(card, 'card-inspect').replaceChildren(
    h('span', { class: `freshness-dot freshness-${freshness}` }),
    h('span', {}, freshnesses[freshness]),
    ...(token ? [h('code', {}, ...levelsOf(token))] : []),
  );
  if (before.rung === undefined) return;
  card.addEventListener('animationend', () => classList.remove('card-improved', 'card-refreshed'), {
    once: true,
  });
  classList.add(before.rung === rung ? 'card-refreshed' : 'card-improved');
}

/** A token, which may be broken between its levels before it is within a word. */
function levelsOf(token: string): (string | HTMLElement)[] {
  const [root, ...levels] = token.split(/(?<=>)/);
  return [root!, ...levels.flatMap((level) => [h('wbr'), level])];
}

function part(card: HTMLElement, name: string): HTMLElement {
  return card.querySelector<HTMLElement>(`.${name}`)!;
}
