import { Cart } from './app/Cart.ts';
import { openShop } from './app/openShop.ts';
import type { Shop } from './app/Shop.ts';
import { announce } from './dom/announce.ts';
import { clearToasts } from './dom/clearToasts.ts';
import { Header } from './header/Header.ts';
import { errorPage } from './pages/errorPage.ts';
import { loadingPage } from './pages/loadingPage.ts';
import type { Page } from './pages/Page.ts';
import { pageOf } from './pages/pageOf.ts';
import { Panel } from './panel/Panel.ts';
import { PanelSwitch } from './panel/PanelSwitch.ts';
import { parseRoute } from './router/parseRoute.ts';
import { Router } from './router/Router.ts';

const main = document.querySelector<HTMLElement>('#main')!;
const panelElement = document.querySelector<HTMLElement>('#panel')!;
const cart = new Cart();
const panelSwitch = new PanelSwitch(panelElement);
const panel = new Panel(panelElement, panelSwitch);
const router = new Router(showRoute);
const header = new Header(document.querySelector<HTMLElement>('#header')!, cart, router, panelSwitch);
let shop: Shop | undefined;
let leaving = new AbortController();

panelSwitch.restore();
await open();

async function open(): Promise<void> {
  place(loadingPage());
  try {
    shop = await openShop(cart);
  } catch (error) {
    console.error(error);
    return place(errorPage(error, () => void open()));
  }
  panel.ready(shop);
  header.ready(shop);
  router.start();
}

function showRoute(url: URL): void {
  const isFirst = main.querySelector('[aria-busy=true].page') !== null;
  leaving.abort();
  clearToasts();
  leaving = new AbortController();
  const page = pageOf(shop!, parseRoute(url), leaving.signal);
  place(page);
  if (isFirst) return;
  announce(page.title);
  main.focus({ preventScroll: true });
}

function place({ title, element }: Page): void {
  document.title = `${title} – Quincebury`;
  main.replaceChildren(element);
}
