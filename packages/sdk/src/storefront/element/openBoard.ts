import type { Recommendation, RecommendedItem, RecommendOptions } from '../../types.ts';
import { throttle } from '../../throttle.ts';
import type { Plan, PlannedCard } from '../experiments/Plan.ts';
import type { DrawnShelf } from '../measure/DrawnShelf.ts';
import { type Wish, wishOf } from '../placements/wishOf.ts';
import { routeOf } from '../followAddress.ts';
import type { Host } from '../Host.ts';
import { answersTo } from './answersTo.ts';
import type { Board } from './Board.ts';
import type { Spot } from './Spot.ts';
import { withoutTaken } from './withoutTaken.ts';

/** Milliseconds between two looks for something better: a page whose shelves change all the time is hard to read. */
const PAUSE = 1000;

/** A shelf that is being filled. */
interface Due {
  readonly spot: Spot;
  readonly wish: Wish;
  readonly plan: Plan;
}

/**
 * Fills the `<evershelf-shelf>` elements of a page, those that are there and those that come: all that wait at once with one
 * question to the recommender, no item twice, and again where the page, the shopper's consent or what is known has changed.
 */
export function openBoard(host: Host): Board {
  const { shop } = host;
  const spots = new Set<Spot>();
  /** With a category in which the shop has nothing for a shelf that was just asked for. */
  const due = new Map<Spot, readonly string[] | undefined>();
  const drawn = new Map<Spot, DrawnShelf>();
  // What is seen lowers an item on the next page, not under the shopper's eyes.
  let seen = host.seen();
  let address = routeOf(location);
  let filling = false;
  const closing = new AbortController();
  const closed = (): boolean => closing.signal.aborted;

  const ask = (spot: Spot): void => {
    spots.add(spot);
    if (!spot.near()) return;
    due.set(spot, undefined);
    if (filling) return;
    filling = true;
    // Shelves that come near together are asked for together.
    queueMicrotask(() => void fillAll());
  };
  const askAll = (): void => spots.forEach(ask);
  const improve = throttle(askAll, PAUSE);
  const ends = [
    shop.on('improved', improve),
    shop.on('consent', askAll),
    shop.on('page', () => {
      const now = routeOf(location);
      if (now !== address) seen = host.seen();
      address = now;
      askAll();
    }),
  ];

  return {
    page: () => shop.page(),
    placement: host.placement,
    messages: host.messages,
    ask,
    leave(spot) {
      spots.delete(spot);
      due.delete(spot);
      if (drawn.delete(spot)) host.gone(spot.element);
    },
    close() {
      closing.abort();
      improve.stop();
      for (const end of ends) end();
    },
  };

  async function fillAll(): Promise<void> {
    while (due.size > 0 && !closed()) {
      const nothingIn = new Map(due);
      const now = inOrder([...due.keys()]);
      due.clear();
      await fill(now, nothingIn).catch((error: unknown) => failed(now, error));
    }
    filling = false;
  }

  async function fill(
    now: readonly Spot[],
    nothingIn: ReadonlyMap<Spot, readonly string[] | undefined>,
  ): Promise<void> {
    const { shelf } = shop;
    const page = shop.page();
    const found = await Promise.all(
      now.map(async (spot): Promise<Due | undefined> => {
        const sources = {
          text: spot.text,
          page,
          path: location.pathname,
          configured: host.placement,
          shelf,
          seen,
          nothingIn: nothingIn.get(spot),
        };
        try {
          const wish = await wishOf(sources);
          return { spot, wish, plan: host.plan(wish) };
        } catch (error) {
          // The code of what it wants is not to be had: the others go on.
          return failed([spot], error);
        }
      }),
    );
    const dues = found.filter((due) => due !== undefined);
    const elsewhere = new Set(
      [...drawn].flatMap(([spot, { cards }]) => (now.includes(spot) ? [] : idsOf(cards))),
    );
    // An item that is pinned stands where it is pinned.
    const pinned = dues.flatMap(({ plan }) => plan.asks.flatMap(pinnedBy));
    let above = 0;
    const asked = dues.map(({ wish, plan }) => {
      const more = above;
      above += wish.count;
      return plan.asks.map((each): RecommendOptions => {
        if (wish.repeat) return each;
        const own = new Set(pinnedBy(each));
        const others = [...elsewhere, ...pinned].filter((id) => !own.has(id));
        const k = Math.min((each.k ?? wish.count) + more, 1000);
        return { ...each, k, exclude: [...(each.exclude ?? []), ...others] };
      });
    });
    const [answers, why] = await Promise.all([
      answersTo(shelf, asked.flat()),
      now.some((spot) => spot.wantsWhy()) ? import('../placements/whyOn.ts').catch(() => {}) : undefined,
    ]);
    if (closed()) return;
    // Where a shopper is at a card the shelf stays as it is.
    const held = new Set(now.filter((spot) => drawn.has(spot) && spot.isHeld()));
    const taken = new Set([...held].flatMap(shownOn));
    for (const { spot, wish, plan } of dues) {
      const own = answers.splice(0, plan.asks.length);
      // It has left, or wants something else by now.
      if (!spots.has(spot) || due.has(spot)) continue;
      if (held.has(spot)) for (const id of shownOn(spot)) taken.delete(id);
      const cut = own.map((answer, a) =>
        withoutTaken(wish.repeat ? new Set() : taken, answer, plan.asks[a]!),
      );
      const asked = plan.asks[0]!;
      const cards = plan.cardsOf(cut);
      if (cards.length === 0 && wish.category !== undefined) {
        // What the page calls a category may not be what the catalogue calls it.
        due.set(spot, wish.category);
        continue;
      }
      const whyFor = spot.wantsWhy() ? why?.whyOn(shelf, wish, asked) : undefined;
      const elements = spot.show({
        wish,
        page,
        messages: host.messages,
        cards: cards.map(({ recommended }) => ({ item: recommended.item, why: whyFor?.(recommended) })),
      });
      if (elements !== undefined) keep({ spot, wish, plan }, asked, cut[0]!, cards, elements);
      for (const id of shownOn(spot)) taken.add(id);
    }
  }

  /** Says what a shelf shows now. */
  function keep(
    { spot, wish, plan }: Due,
    asked: RecommendOptions,
    answer: Recommendation,
    cards: readonly PlannedCard[],
    elements: readonly HTMLElement[],
  ): void {
    const { element } = spot;
    if (cards.length === 0) {
      if (drawn.delete(spot)) host.gone(element);
      return;
    }
    const shown: DrawnShelf = {
      element,
      name: spot.name() ?? wish.placement,
      placement: wish.placement,
      asked,
      answer,
      cards: cards.map((card, c) => ({ ...card, element: elements[c]!, position: c + 1 })),
      ...(plan.experiment === undefined ? {} : { experiment: plan.experiment }),
    };
    drawn.set(spot, shown);
    host.drawn(shown);
  }

  /** Ids of the items that a shelf shows now. */
  function shownOn(spot: Spot): string[] {
    return idsOf(drawn.get(spot)?.cards ?? []);
  }

  function failed(now: readonly Spot[], error: unknown): undefined {
    // A recommender that was closed makes room for another: the storefront tells when it is here.
    if (closed() || (error as Error).name === 'AbortError') return;
    console.error(`evershelf: ${(error as Error).message}`);
    for (const spot of now) if (!drawn.has(spot)) spot.fail();
  }
}

function pinnedBy({ rules }: RecommendOptions): string[] {
  return (rules?.pins ?? []).map(({ item }) => item);
}

function inOrder(spots: readonly Spot[]): Spot[] {
  return spots.toSorted(({ element: a }, { element: b }) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1,
  );
}

function idsOf(cards: readonly { readonly recommended: RecommendedItem }[]): string[] {
  return cards.map(({ recommended }) => recommended.item.id);
}
