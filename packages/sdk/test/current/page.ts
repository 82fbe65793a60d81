import { evershelf, type RecommendedItem, type Shelf, type ShelfStatus } from '../../src/index.ts';
import { pageLife } from '../pageLife.ts';

let shelf: Shelf;
let shown: readonly RecommendedItem[] = [];

/** What current.test.ts calls in the browser. */
const offered = {
  /** Opens a shelf of all items that draws itself anew whenever it is told to. */
  async open(model: string, kv: string, refresh: number): Promise<void> {
    shelf = await evershelf({ model, kv, refresh, engine: 'cpu' });
    const draw = async (): Promise<void> => {
      shown = (await shelf.recommend({ k: 1000 })).items;
    };
    shelf.on('improved', draw);
    await draw();
  },

  /** The price of an item, as the shelf shows it. */
  price: async (id: string): Promise<number | undefined> =>
    shown.find(({ item }) => item.id === id)?.item.price,

  /** How many items the shelf shows, and how many of them as the service has them. */
  shown: async (): Promise<{ items: number; fresh: number }> => ({
    items: shown.length,
    fresh: shown.filter(({ freshness }) => freshness === 'fresh').length,
  }),

  /** Lays out a card of an item, so many pixels down the page. */
  async card(id: string, down: number): Promise<void> {
    const card = document.body.appendChild(document.createElement('p'));
    card.textContent = card.id = id;
    card.style.marginTop = `${down}px`;
    shelf.prefetchOn(card, id);
  },

  /** Tells the page that the shopper would rather save data. */
  async saveData(): Promise<void> {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  },

  /** Points at a link that is not in view, as a keyboard or a test can. */
  async point(id: string): Promise<void> {
    const link = document.createElement('a');
    shelf.prefetchOn(link, id);
    link.dispatchEvent(new Event('pointerenter'));
  },

  status: async (): Promise<ShelfStatus> => shelf.status(),

  close: async (): Promise<void> => shelf.close(),

  ...pageLife,
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
