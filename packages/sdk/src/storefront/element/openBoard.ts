import type { Recommendation, RecommendedItem, RecommendOptions, Shelf } from '../../types.ts';
import { throttle } from '../../throttle.ts';
import type { Plan, PlannedCard } from '../experiments/Plan.ts';
import type { DrawnShelf } from '../measure/DrawnShelf.ts';
import { whyOf } from '../placements/whyOf.ts';
import { type Wish, wishOf } from '../placements/wishOf.ts';
import type { Host } from '../Host.ts';
import type { PageState } from '../Storefront.ts';
import type { Board } from './Board.ts';
import type { Spot } from './Spot.ts';

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
  const due = new Set<Spot>();
  const drawn = new Map<Spot, DrawnShelf>();
  let seen = host.seen();
  let filling = false;
  const closing = new AbortController();
  const closed = (): boolean => closing.signal.aborted;

  const ask = (spot: Spot): void => {
    spots.add(spot);
    if (!spot.near()) return;
    due.add(spot);
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
      // What is seen lowers an item on the next page, not under the shopper's eyes.
      seen = host.seen();
      askAll();
    }),
  ];

  return {
    page: () => shop.page(),
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
      const now = inOrder([...due]);
      due.clear();
      await fill(now).catch((error: unknown) => failed(now, error));
    }
    filling = false;
  }

  async function fill(now: readonly Spot[]): Promise<void> {
    const { shelf } = shop;
    const page = shop.page();
    const dues = await Promise.all(
      now.map(async (spot): Promise<Due> => {
        const sources = {
          text: spot.text,
          page,
          path: location.pathname,
          configured: host.placement,
          shelf,
          seen,
        };
        const wish = await wishOf(sources);
        return { spot, wish, plan: host.plan(wish) };
      }),
    );
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
    const answers = await answersTo(shelf, asked.flat());
    if (closed()) return;
    const taken = new Set<string>();
    for (const { spot, wish, plan } of dues) {
      const own = answers.splice(0, plan.asks.length);
      // It has left, or wants something else by now.
      if (!spots.has(spot) || due.has(spot)) continue;
      const cut = own.map((answer, a) => without(wish.repeat ? NONE : taken, answer, plan.asks[a]!));
      const cards = plan.cardsOf(cut);
      const kept = draw({ spot, wish, plan }, cards, cut[0]!, page, shelf);
      for (const id of kept) taken.add(id);
    }
  }

  /** @returns ids of the items that the shelf shows now */
  function draw(
    { spot, wish, plan }: Due,
    planned: readonly PlannedCard[],
    answer: Recommendation,
    page: PageState,
    shelf: Shelf,
  ): string[] {
    const asked = plan.asks[0]!;
    const whyFor = ({ recommended }: PlannedCard): ReturnType<typeof whyOf> => {
      const { id } = recommended.item;
      const { intent, context } = asked;
      return whyOf({
        recommended,
        explanation: shelf.explain(id, { ...(intent && { intent }), ...(context && { context }) }),
        boost: (recommended.boost ?? 0) - wish.aside(id),
        matches: wish.matches.has(id) ? wish.words : undefined,
        category: wish.category,
        stranger: context === undefined && shelf.status().profile.events === 0,
      });
    };
    const wantsWhy = spot.wantsWhy();
    const elements = spot.show({
      wish,
      page,
      messages: host.messages,
      cards: planned.map((card) => ({
        item: card.recommended.item,
        why: wantsWhy ? whyFor(card) : undefined,
      })),
    });
    if (elements === undefined) return idsOf(drawn.get(spot)?.cards ?? []);
    if (planned.length === 0) {
      if (drawn.delete(spot)) host.gone(spot.element);
      return [];
    }
    const shown: DrawnShelf = {
      element: spot.element,
      name: spot.name() ?? wish.placement,
      placement: wish.placement,
      asked,
      answer,
      cards: planned.map((card, c) => ({ ...card, element: elements[c]!, position: c + 1 })),
      ...(plan.experiment === undefined ? {} : { experiment: plan.experiment }),
    };
    drawn.set(spot, shown);
    host.drawn(shown);
    return idsOf(shown.cards);
  }

  function failed(now: readonly Spot[], error: unknown): void {
    // A recommender that was closed makes room for another: the storefront tells when it is here.
    if (closed() || (error as Error).name === 'AbortError') return;
    console.error(`evershelf: ${(error as Error).message}`);
    for (const spot of now) if (!drawn.has(spot)) spot.fail();
  }
}

const NONE: ReadonlySet<string> = new Set();

/** All answers at once; where one of the questions is refused, each by itself, and that one without its rules. */
async function answersTo(shelf: Shelf, asked: readonly RecommendOptions[]): Promise<Recommendation[]> {
  try {
    return await shelf.recommendAll(asked);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Promise.all(
      asked.map((each) =>
        shelf.recommend(each).catch((error: unknown) => {
          if (!(error instanceof TypeError)) throw error;
          console.warn(`evershelf: ${error.message}; the shelf goes on without its rules`);
          const { rules: _rules, ...plain } = each;
          return shelf.recommend(plain);
        }),
      ),
    );
  }
}

/** An answer without items that stand elsewhere, cut to what was asked for; what is pinned has its place. */
function without(
  taken: ReadonlySet<string>,
  answer: Recommendation,
  { k = 0, rules }: RecommendOptions,
): Recommendation {
  const pinned = answer.items.filter((each) => each.pinned);
  const free = answer.items.filter(({ item, pinned }) => !pinned && !taken.has(item.id));
  const items: RecommendedItem[] = free.slice(0, Math.max(0, k - pinned.length));
  const placeOf = ({ item }: RecommendedItem): number =>
    rules?.pins?.find((pin) => pin.item === item.id)?.place ?? items.length + 1;
  for (const each of pinned) items.splice(placeOf(each) - 1, 0, each);
  return { ...answer, items };
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
