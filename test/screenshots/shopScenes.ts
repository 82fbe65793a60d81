import type { Places } from './Places.ts';
import type { Scenes } from './Scene.ts';
import { buy, checkOut, look, settled } from './visits.ts';

/** What of a shop is shown. */
interface Shown {
  /** Slug of a department. */
  readonly department: string;
  readonly product: string;
  /** Searches of what is put into the cart. */
  readonly bought: readonly string[];
}

/** The pages that each shop of the demo has. */
export function shopScenes(shop: keyof Pick<Places, 'grocer' | 'gifts'>, shown: Shown): Scenes {
  return {
    async home(page, places) {
      await page.goto(await places[shop]());
      await settled(page, 'for-you');
    },
    async category(page, places) {
      await page.goto(`${await places[shop]()}/category/${shown.department}`);
      await settled(page, `category-${shown.department}`);
    },
    async product(page, places) {
      await look(page, await places[shop](), shown.product);
    },
    async cart(page, places) {
      await buy(page, await places[shop](), shown.bought);
    },
    async checkout(page, places) {
      const address = await places[shop]();
      await buy(page, address, shown.bought);
      await checkOut(page, address, 2);
    },
    async order(page, places) {
      const address = await places[shop]();
      await buy(page, address, shown.bought);
      await checkOut(page, address, 4);
      await settled(page, 'next-time');
    },
  };
}
