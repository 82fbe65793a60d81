import { Cart } from './app/Cart.ts';
import { openShop } from './app/openShop.ts';
import type { Shop } from './app/Shop.ts';
import { announce } from './dom/announce.ts';
import { clearToasts } from './dom/clearToasts.ts';
import { h } from './dom/h.ts';
import { DrawerSwitch } from './drawer/DrawerSwitch.ts';
import { Header } from './header/Header.ts';
import { keepOffline } from './offline/keepOffline.ts';
import { errorPage } from './pages/errorPage.ts';
import { loadingPage } from './pages/loadingPage.ts';
import type { Page } from './pages/Page.ts';
import { pageOf } from './pages/pageOf.ts';
import { parseRoute } from './router/parseRoute.ts';
import { Router } from './router/Router.ts';
import { cardTemplate } from './shelves/cardTemplate.ts';
import { dressCards } from './shelves/dressCards.ts';
import { here } from './shops/here.ts';
import { Tour } from './tour/Tour.ts';

const main = document.querySelector<HTMLElement>('#main')!;
const cart = new Cart();
const drawer = new DrawerSwitch();
const router = new Router(showRoute);
const header = new Header(document.querySelector<HTMLElement>('#header')!, cart, router, drawer);
const tour = new Tour(router, drawer);
let shop: Shop | undefined;
let leaving = new AbortController();

document.body.append(cardTemplate());
document
  .querySelector('#elsewhere')!
  .append(
    h('button', { class: 'footer-link', type: 'button', onclick: () => tour.open() }, 'Take the tour'),
    h(
      'a',
      { class: 'footer-link', href: __NEIGHBOUR__ },
      here.id === 'grocer' ? 'The same code as a gift shop' : 'The same code as a grocer',
    ),
  );
document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('.card-add');
  const id = button?.closest<HTMLElement>('[data-item]')?.dataset['item'];
  if (id !== undefined) shop?.addToCart(id);
});
await open();

async function open(): Promise<void> {
  drawer.restore();
  place(loadingPage(parseRoute(new URL(location.href)), () => tour.open()));
  try {
    shop = await openShop(cart, tour);
  } catch (error) {
    console.error(error);
    drawer.withdraw();
    return place(errorPage(error, () => void open()));
  }
  dressCards(shop);
  drawer.ready(shop.storefront);
  header.ready(shop);
  router.start();
  tour.ready(shop);
  keepOffline();
}

function showRoute(url: URL): void {
  const isFirst = main.querySelector('[aria-busy=true].page') !== null;
  const hadFocus = main.contains(document.activeElement) && document.activeElement !== main;
  leaving.abort();
  clearToasts();
  leaving = new AbortController();
  const page = pageOf(shop!, router, parseRoute(url), leaving.signal);
  shop!.tell(page.state);
  place(page);
  if (isFirst) {
    // What could have it while the shop opened is the way into the tour.
    if (hadFocus) main.querySelector<HTMLElement>('.hero-tour')?.focus();
    return;
  }
  announce(page.title);
  main.focus({ preventScroll: true });
}

function place({ title, element }: Page): void {
  document.title = `${title} – ${here.name}`;
  main.replaceChildren(element);
}
