import type { Scenes } from './Scene.ts';
import { shopScenes } from './shopScenes.ts';
import { buy, look, openDrawer, settled, showBesideDrawer } from './visits.ts';

const BOUGHT = ['coffee', 'bread'];

/** The grocer's pages, those too that a visitor comes to by mistake, and what the demo is for: its tour, its drawer, the shop offline. */
export const grocerScenes: Scenes = {
  ...shopScenes('grocer', { department: 'bakery', product: 'coffee', bought: BOUGHT }),
  async 'home-again'(page, { grocer }) {
    await buy(page, await grocer(), BOUGHT);
    await page.goto(await grocer());
    await settled(page, 'for-you');
  },
  async offline(page, { grocer }) {
    await buy(page, await grocer(), BOUGHT);
    await page.goto(await grocer());
    await settled(page, 'for-you');
    const drawer = await openDrawer(page);
    await drawer.getByRole('switch', { name: 'Take the shop offline' }).click();
    await page.locator('[data-shelf=for-you] [data-freshness=offline]').first().waitFor();
    await showBesideDrawer(page, 'for-you');
  },
  async search(page, { grocer }) {
    await page.goto(`${await grocer()}/search?q=coffee`);
    await page.getByTestId('product').first().waitFor();
  },
  async 'search-nothing'(page, { grocer }) {
    await page.goto(`${await grocer()}/search?q=purple+yogurt+machine`);
    await settled(page, 'instead');
  },
  async 'cart-empty'(page, { grocer }) {
    await page.goto(`${await grocer()}/cart`);
    await settled(page, 'before-you-go');
  },
  async missing(page, { grocer }) {
    await page.goto(`${await grocer()}/old/strawberry-jam`);
    await settled(page, 'instead');
  },
  async loading(page, { grocer }) {
    await page.route('**/model/**', () => {});
    await page.goto(await grocer());
    await page.locator('[aria-busy=true].page').waitFor();
  },
  async closed(page, { grocer }) {
    await page.route('**/model/**', (route) => route.abort());
    await page.goto(await grocer());
    await page.getByTestId('error').waitFor();
  },
  async drawer(page, { grocer }) {
    await look(page, await grocer(), 'coffee');
    await page.goto(await grocer());
    await settled(page, 'for-you');
    const drawer = await openDrawer(page);
    const shelf = drawer.locator('details.shelf').first();
    const card = shelf.locator('details.card summary').first();
    await card.click();
    await shelf.evaluate((element) => element.scrollIntoView());
    await showBesideDrawer(page, 'for-you');
    await card.hover();
  },
  // They come last: what arrives on a tour is then in the shop.
  async tour(page, { grocer }) {
    await page.goto(await grocer());
    await settled(page, 'for-you');
    await page.getByTestId('start-tour').click();
    const tour = page.getByTestId('tour');
    for (const name of ['Next', 'Take it offline', 'Next', 'Let a product arrive'])
      await tour.getByRole('button', { name, exact: true }).click();
    await page.locator('[data-shelf=new-arrivals]').getByTestId('card').first().waitFor();
  },
  async 'tour-end'(page, { grocer }) {
    await look(page, await grocer(), 'coffee');
    await page.goto(await grocer());
    await settled(page, 'for-you');
    await page.getByTestId('start-tour').click();
    const tour = page.getByTestId('tour');
    while (await tour.getByRole('button', { name: 'Next', exact: true }).isVisible())
      await tour.getByRole('button', { name: 'Next', exact: true }).click();
    await tour.getByRole('button', { name: 'Forget me' }).click();
    await tour.getByText('Nothing about you is on this device.').waitFor();
  },
};
