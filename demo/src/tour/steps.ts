import type { Item } from 'evershelf';
import type { DrawnCard } from 'evershelf/storefront';
import { askBackstage } from '../app/askBackstage.ts';
import type { Shop } from '../app/Shop.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { money } from '../dom/money.ts';
import { putRight } from './putRight.ts';
import type { Step, TourContext } from './Step.ts';

const ARRIVALS = '[data-shelf=new-arrivals]';
const FOR_YOU = '[data-shelf=for-you]';

/** The ideas, each with something to try. */
export const steps: readonly Step[] = [
  {
    title: 'Ranked on your device',
    text: 'There is no recommender on a server. A small model came with the page, and your browser scores every product of the shop with it.',
    actions: [
      {
        label: 'Look under the shelves',
        wanted: ({ drawer }) => !drawer.open,
        run({ drawer }) {
          // The button goes when the drawer comes: the heading has the focus back from it.
          document.getElementById('tour-title')?.focus({ preventScroll: true });
          return drawer.set(true);
        },
      },
    ],
    seen({ shop }) {
      const answer = shop.storefront.shelves()[0]?.answer;
      if (!answer) return undefined;
      const { items } = shop.storefront.shelf.status();
      return `${items.toLocaleString(document.documentElement.lang)} products ranked in ${answer.milliseconds.toFixed(1)} ms. The drawer explains each card.`;
    },
    target: FOR_YOU,
  },
  {
    title: 'Take the shop offline',
    text: 'The shop learns of prices and stock from a small service. Cut it off, and the shelves stay: model and catalogue are on this device.',
    actions: [
      {
        label: 'Take it offline',
        wanted: ({ shop }) => !isOffline(shop),
        run: async ({ shop }) => shop.storefront.shelf.offline(true),
      },
    ],
    seen: ({ shop }) =>
      isOffline(shop) ? 'The shop is off the network, and its shelves are still ranked for you.' : undefined,
    target: '[data-testid=network-state]',
  },
  {
    title: 'A product arrives',
    text: 'The shop lists a product that no model has seen. Offline, this page is told its category alone, and places it by a token that was trained for strangers of that category.',
    actions: [
      {
        label: 'Let a product arrive',
        wanted: ({ shop, memory }) => cardOf(shop, memory.now.arrival) === undefined,
        async run({ shop, router, memory }) {
          const { arrival } = memory.now;
          if (arrival !== undefined && shop.arrivals.announced.some(({ id }) => id === arrival))
            return router.go('/');
          shop.storefront.shelf.offline(true);
          memory.keep({ arrival: (await shop.arrivals.request()).id });
          if (location.pathname !== '/') router.go('/');
        },
      },
    ],
    seen({ shop, memory }) {
      const card = cardOf(shop, memory.now.arrival);
      if (!card) return undefined;
      const { token, rung } = card.recommended;
      return rung === 'category'
        ? `It stands among the others by its token ${token}.`
        : `“${titleOf(card)}” is here, and more than its category is known by now.`;
    },
    target: ARRIVALS,
  },
  {
    title: 'It climbs to its attributes',
    text: 'Back on the network the rest of it comes: its title, its price, who makes it. Its card is changed in place, and it is ranked by what it is. Nothing was trained.',
    actions: [
      {
        label: 'Back on the network',
        wanted: ({ shop }) => isOffline(shop),
        run: async ({ shop }) => shop.storefront.shelf.offline(false),
      },
    ],
    seen({ shop, memory }) {
      const card = cardOf(shop, memory.now.arrival);
      if (card?.recommended.rung !== 'attributes') return undefined;
      return `“${titleOf(card)}” is placed by its attributes now.`;
    },
    target: ARRIVALS,
  },
  {
    title: 'A night later it is known',
    text: 'Known means that a model was trained with it. Let invented shoppers buy it overnight and the shop train its model anew, here and now: seconds for a small shop, a minute or two for a large one. You get it with your next visits: ranks never jump under your eyes.',
    actions: [
      {
        label: 'Let a night pass',
        wanted: ({ memory }) => memory.now.arrival !== undefined && memory.now.night === undefined,
        run: passNight,
      },
      {
        label: 'Visit the shop again',
        wanted: ({ shop, memory }) =>
          memory.now.night !== undefined && shop.storefront.shelf.status().model !== memory.now.night,
        async run() {
          location.assign('/');
          await new Promise(() => {});
        },
      },
    ],
    seen({ shop, memory }) {
      const { arrival, night } = memory.now;
      if (arrival === undefined) return 'Let a product arrive first, two steps back.';
      if (night === undefined) return undefined;
      if (shop.storefront.shelf.status().model !== night)
        return 'The night’s model is ready. A visit keeps the model that it began with, and fetches a newer one for the next: visit the shop twice.';
      const card = cardOf(shop, arrival);
      return card && `“${titleOf(card)}” is ${card.recommended.rung} to the new model.`;
    },
    target: ARRIVALS,
  },
  {
    title: 'Freeze the model',
    text: 'Now train nothing at all. The shop halves a price and sells a product out, and the open page follows within a second, with the model that it has.',
    actions: [
      {
        label: 'Change a price and a stock',
        wanted: ({ memory }) => memory.now.changed === undefined,
        run: change,
      },
      {
        label: 'Put both right again',
        wanted: ({ memory }) => memory.now.changed !== undefined,
        run: putRight,
      },
    ],
    seen({ shop, memory }) {
      const { changed } = memory.now;
      if (!changed) return undefined;
      const { model, revision } = shop.storefront.shelf.status();
      const cheaper = shop.catalogue.item(changed.cheaper.id);
      const gone = shop.catalogue.item(changed.gone);
      if (!cheaper || cheaper.price === changed.cheaper.price || gone?.inStock !== false)
        return 'The shop has changed them; the page hears of it.';
      return `“${itemTitle(cheaper)}” costs ${money(cheaper.price!)} now, “${itemTitle(gone)}” has left the shelf. Revision ${revision}, and still model ${model.slice(0, 8)}.`;
    },
    target: FOR_YOU,
  },
  {
    title: 'What it knows stays with you',
    text: 'What you look at and buy is kept on this device, and no step of this tour sent it anywhere. One call deletes it all.',
    actions: [
      {
        label: 'Forget me',
        wanted: ({ shop }) => shop.storefront.shelf.status().profile.events > 0,
        async run({ shop }) {
          await shop.storefront.forget();
          shop.habits.clear();
          shop.orders.clear();
          shop.changed.emit();
        },
      },
    ],
    seen: ({ shop }) =>
      shop.storefront.shelf.status().profile.events > 0
        ? undefined
        : 'Nothing about you is on this device. Your cart is kept.',
  },
];

const isOffline = ({ storefront }: Shop): boolean => storefront.shelf.status().offline;

/** The card of a product on the shelf of arrivals. */
function cardOf({ storefront }: Shop, id: string | undefined): DrawnCard | undefined {
  return storefront
    .shelves()
    .find(({ name }) => name === 'new-arrivals')
    ?.cards.find(({ recommended }) => recommended.item.id === id);
}

const titleOf = ({ recommended }: DrawnCard): string => itemTitle(recommended.item);

interface Night {
  readonly state: 'none' | 'training' | 'done' | 'failed';
  readonly seconds?: number;
  readonly model?: string;
  readonly error?: string;
}

async function passNight({ shop, memory, say }: TourContext): Promise<void> {
  shop.storefront.shelf.offline(false);
  let night = await askBackstage<Night>('POST', 'nights', { id: memory.now.arrival });
  while (night.state === 'training') {
    say(`The shop trains its model: ${night.seconds ?? 0} s. You can go on looking around.`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    night = await askBackstage<Night>('GET', 'nights');
  }
  if (night.model === undefined) throw new Error(night.error ?? 'The night did not pass.');
  memory.keep({ night: night.model });
}

async function change({ shop, router, memory }: TourContext): Promise<void> {
  shop.storefront.shelf.offline(false);
  if (location.pathname !== '/') router.go('/');
  const [gone, cheaper] = await forYou(shop);
  if (!gone || cheaper?.price === undefined) throw new Error('The shelf is not filled yet.');
  const { model, revision } = shop.storefront.shelf.status();
  memory.keep({
    changed: { model, revision, cheaper: { id: cheaper.id, price: cheaper.price }, gone: gone.id },
  });
  await askBackstage('POST', 'changes', {
    id: cheaper.id,
    price: Math.max(Math.round(cheaper.price * 50) / 100, 0.01),
  });
  await askBackstage('POST', 'changes', { id: gone.id, inStock: false });
}

/** The first products for the shopper, once they are drawn. */
async function forYou({ storefront }: Shop): Promise<Item[]> {
  for (let tries = 0; tries < 50; tries += 1) {
    const drawn = storefront.shelves().find(({ name }) => name === 'for-you');
    if (drawn) return drawn.cards.map(({ recommended }) => recommended.item);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [];
}
