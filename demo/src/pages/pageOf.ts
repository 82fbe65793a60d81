import type { Shop } from '../app/Shop.ts';
import { checkoutPage } from '../checkout/checkoutPage.ts';
import { orderPage } from '../checkout/orderPage.ts';
import type { Route } from '../router/Route.ts';
import type { Router } from '../router/Router.ts';
import { cartPage } from './cartPage.ts';
import { categoryPage } from './categoryPage.ts';
import { homePage } from './homePage.ts';
import { missingPage } from './missingPage.ts';
import type { Page } from './Page.ts';
import { productPage } from './productPage.ts';
import { searchPage } from './searchPage.ts';

/** @param signal fires when the page is left */
export function pageOf(shop: Shop, router: Router, route: Route, signal: AbortSignal): Page {
  switch (route.page) {
    case 'home':
      return homePage(shop, signal);
    case 'category':
      return categoryPage(shop, route.path, signal);
    case 'product':
      return productPage(shop, route.id, signal);
    case 'cart':
      return cartPage(shop, signal);
    case 'checkout':
      return checkoutPage(shop, router);
    case 'order':
      return orderPage(shop, route.number);
    case 'search':
      return searchPage(shop, route.words);
    case 'missing':
      return missingPage();
  }
}
