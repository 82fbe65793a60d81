import type { Placed } from '@evershelf/model';
import type { TrackedEvent } from '../../types.ts';
import type { Storefront, StorefrontOptions } from '../Storefront.ts';
import { announcer } from './announcer.ts';
import type { ConsentView } from '../consent/ConsentView.ts';
import { routeOf } from '../followAddress.ts';
import type { HeldShelf } from '../holdShelf.ts';
import type { DrawnCard, DrawnShelf } from './DrawnShelf.ts';
import type { Measure } from './Measure.ts';
import { placedOn } from './placedOn.ts';
import { visitMemory } from './visitMemory.ts';
import { watchOpened } from './watchOpened.ts';
import { watchSeen } from './watchSeen.ts';

/** Milliseconds that cards gather before it is told that they were seen: those of a shelf are seen together. */
const GATHERING = 200;
/** Impressions and clicks that a page tells of at most; a page of endless shelves tells of no more. */
const MOST = 2000;

/** A shelf that is watched. */
interface Watched {
  shelf: DrawnShelf;
  readonly address: string;
  /** Items that were told of, so that each is told once. */
  readonly seen: Set<string>;
  readonly opened: Set<string>;
  cards: Map<Element, DrawnCard>;
  stop(): void;
}

/**
 * Watches the shelves of a page. Each item of a shelf is told of once as seen and once as opened, however often the shelf is drawn
 * anew at the same address: to the metadata service, where events are sent, and in the shop's data layer.
 */
export function openMeasure(
  shop: Pick<Storefront, 'page'> & Pick<HeldShelf, 'show'> & ConsentView,
  options: Pick<StorefrontOptions, 'announce' | 'dataLayer' | 'now'>,
): Measure {
  const { announce = true, dataLayer = 'dataLayer', now = Date.now } = options;
  const memory = visitMemory(
    () => (shop.pending() ? undefined : shop.consent() === 'profile'),
    () => now() / 1000,
  );
  const say =
    announce === false
      ? () => {}
      : announcer({ dataLayer, creates: announce === 'create', currency: () => shop.page().currency });
  const watched = new Map<Element, Watched>();
  const shelfOf = new WeakMap<Element, Watched>();
  let waiting = new Map<DrawnShelf, DrawnCard[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Those that are told of, or wait to be. */
  let told = 0;

  const tell = (kind: 'impression' | 'click', shelf: DrawnShelf, cards: readonly DrawnCard[]): void => {
    try {
      shop.show(cards.map((card) => ({ item: card.recommended.item.id, kind, ...placedOn(shelf, card) })));
    } catch {
      // The shelf is closed: the storefront takes up another one, or none.
    }
    say(kind === 'click' ? 'select_item' : 'view_item_list', shelf, cards);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const now = waiting;
    waiting = new Map();
    for (const [shelf, cards] of now) tell('impression', shelf, cards);
    memory.save();
  };
  const see = (of: Watched, card: DrawnCard): void => {
    const { id } = card.recommended.item;
    if (of.seen.has(id) || told >= MOST) return;
    told++;
    of.seen.add(id);
    memory.see(id);
    waiting.set(of.shelf, [...(waiting.get(of.shelf) ?? []), card]);
    timer ??= setTimeout(flush, GATHERING);
  };
  const seenWatch = watchSeen((element) => {
    const of = shelfOf.get(element);
    const card = of?.cards.get(element);
    if (of !== undefined && card !== undefined) see(of, card);
  });
  const use = (of: Watched, card: DrawnCard, isOpened: boolean): void => {
    const { id } = card.recommended.item;
    // What is used was seen, however shortly.
    see(of, card);
    memory.use(id, placedOn(of.shelf, card));
    if (!isOpened || of.opened.has(id) || told >= MOST) return memory.save();
    told++;
    of.opened.add(id);
    flush();
    tell('click', of.shelf, [card]);
  };
  const gone = (element: Element): void => {
    const of = watched.get(element);
    if (of === undefined) return;
    watched.delete(element);
    of.stop();
    for (const card of of.cards.keys()) seenWatch.unwatch(card);
  };
  const leave = (): void => {
    if (document.hidden) flush();
  };
  // Before those who send what waits, and listen further inside.
  const capture = { capture: true };
  addEventListener('visibilitychange', leave, capture);

  let consent = shop.consent();
  const stopListening = shop.on('consent', () => {
    const before = consent;
    consent = shop.consent();
    memory.settle(consent === 'none' && before !== 'none');
  });

  return {
    drawn(shelf) {
      const { element, name, cards } = shelf;
      const before = watched.get(element);
      const address = routeOf(location);
      const goesOn = before?.shelf.name === name && before.address === address;
      if (before !== undefined && !goesOn) gone(element);
      const of: Watched = goesOn
        ? before
        : {
            shelf,
            address,
            seen: new Set(),
            opened: new Set(),
            cards: new Map(),
            stop: watchOpened(
              element,
              (each) => of.cards.get(each),
              (card, isOpened) => use(of, card, isOpened),
            ),
          };
      watched.set(element, of);
      const left = of.cards;
      of.shelf = shelf;
      of.cards = new Map(cards.map((card) => [card.element, card]));
      for (const [each, card] of left) {
        const stays = of.cards.get(each)?.recommended.item.id === card.recommended.item.id;
        if (!stays) seenWatch.unwatch(each);
      }
      for (const card of cards) {
        shelfOf.set(card.element, of);
        if (!of.seen.has(card.recommended.item.id)) seenWatch.watch(card.element);
      }
    },
    gone,
    attributed: (events) => events.map((event) => withCard(event, memory.usedBy)),
    seen: memory.seen,
    close() {
      removeEventListener('visibilitychange', leave, capture);
      flush();
      stopListening();
      seenWatch.close();
      for (const element of [...watched.keys()]) gone(element);
    },
  };
}

/** A cart or a purchase says by which card its item was used last in this visit, where it says nothing of a shelf itself. */
function withCard(event: TrackedEvent, usedBy: (item: string) => Placed | undefined): TrackedEvent {
  const { item, kind, shelf } = event ?? {};
  if ((kind !== 'cart' && kind !== 'purchase') || shelf !== undefined) return event;
  const id = typeof item === 'string' ? item : item?.id;
  const placed = id === undefined ? undefined : usedBy(id);
  return placed === undefined ? event : { ...event, ...placed };
}
