import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageOf } from './pageOf.ts';

const read = (page: string, address: string) =>
  pageOf(readFileSync(new URL(`../fixtures/shops/${page}.html`, import.meta.url), 'utf8'), {
    address: `https://shop.example${address}`,
  });

/** Pages with what these shops' themes write, by their public documentation and source. */
describe('the markup of a product page', () => {
  it('of Shopify', () => {
    expect(read('shopify-product', '/products/linen-shirt')).toMatchObject({
      product: {
        item: {
          id: '632910392',
          title: 'Linen shirt',
          brand: 'Example',
          category: ['Shirts'],
          price: 59,
          inStock: true,
          image: 'https://shop.example/cdn/shop/files/linen-shirt.jpg?v=1&width=1920',
          url: 'https://shop.example/products/linen-shirt',
        },
        ids: expect.arrayContaining(['632910392', 'LS-S', 'LS-M', '4006381333931']),
      },
      currency: 'USD',
      language: 'en',
    });
  });

  it('of WooCommerce', () => {
    expect(read('woocommerce-product', '/product/beanie-with-logo/')).toMatchObject({
      product: { item: { id: 'woo-beanie-logo', title: 'Beanie with Logo', price: 18, inStock: true } },
      path: ['Clothing', 'Accessories'],
      currency: 'GBP',
      language: 'en-GB',
    });
  });

  it('of Magento', () => {
    expect(read('magento-product', '/gear/bags/joust-duffle-bag.html')).toMatchObject({
      product: {
        item: {
          id: '24-MB01',
          title: 'Joust Duffle Bag',
          price: 34,
          inStock: true,
          image: 'https://shop.example/media/catalog/product/m/b/mb01-blue-0.jpg',
        },
      },
      listed: 0,
      currency: 'USD',
    });
  });

  it('of Shopware', () => {
    expect(read('shopware-product', '/Hauptprodukt/SW10001')).toMatchObject({
      product: {
        item: {
          id: 'SW10001',
          title: 'Hauptprodukt mit Eigenschaften',
          brand: 'Hersteller',
          price: 1299.95,
          inStock: true,
        },
        ids: expect.arrayContaining(['11dc680240b04f469ccba354cbf0b967']),
      },
      path: ['Lebensmittel', 'Fisch'],
      currency: 'EUR',
      language: 'de-DE',
    });
  });

  it('of PrestaShop', () => {
    expect(read('prestashop-product', '/en/men/1-1-hummingbird-printed-t-shirt.html')).toMatchObject({
      product: {
        item: { id: 'demo_1', brand: 'Studio Design', category: ['Men'], price: 22.94, inStock: false },
      },
      path: ['Clothes', 'Men'],
      currency: 'EUR',
      language: 'en-US',
    });
  });
});

describe('the markup of a category page', () => {
  it('of PrestaShop', () => {
    const page = read('prestashop-category', '/en/4-men');
    expect(page).toMatchObject({ listed: 2, path: ['Clothes', 'Men'] });
    expect(page.product).toBeUndefined();
  });
});
