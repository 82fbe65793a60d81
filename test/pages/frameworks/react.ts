import { createElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { openStorefront } from '../../../packages/sdk/src/storefront/index.ts';
import { ReactShop } from './ReactShop.ts';

const app = document.querySelector('#app')!;
const shop = createElement(ReactShop);
if (app.childElementCount === 0) createRoot(app).render(shop);
// A server has rendered the page: React takes it up when the shelf has its cards already.
else addEventListener('evershelf-drawn', () => hydrateRoot(app, shop), { once: true });
const { model } = document.body.dataset;
void openStorefront({ model: model!, consent: 'none', engine: 'cpu', read: false });
