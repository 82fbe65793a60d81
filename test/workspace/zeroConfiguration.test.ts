import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ecommerceReader,
  eventKind,
  ga4Item,
  ID_PROPERTIES,
  type Markup,
  placeOf,
} from '../../packages/model/src/markup/index.ts';
import { jsonLdOf, pageOf } from '../../packages/model/test/markup/pageOf.ts';
import { readLayer } from '../../packages/sdk/src/storefront/page/readLayer.ts';
import { type Evidence, stateOf } from '../../packages/sdk/src/storefront/page/stateOf.ts';
import { tabMemory } from '../../packages/sdk/src/storefront/page/tabMemory.ts';
import { tableOf } from '../tableOf.ts';

const page = readFileSync('docs/zero-configuration.md', 'utf8');

const rowsOf = (column: string): string[][] => tableOf('docs/zero-configuration.md', column);
const bare = (cell: string): string => cell.replaceAll('`', '');

describe('docs/zero-configuration.md', () => {
  it.each(rowsOf("GA4's event"))('says what %s is told as', (event, universal, kind, learns) => {
    const name = bare(event!);
    expect(eventKind(name) ?? '').toBe(bare(kind!));
    const key = bare(universal!).replace('ecommerce.', '');
    const read = ecommerceReader();
    if (key !== '')
      expect(read({ ecommerce: { [key]: { products: [{ id: 'a' }] } } })).toMatchObject([{ event: name }]);

    const layer = readLayer(
      tabMemory('none'),
      () => {},
      ({ item }) => item.id,
    );
    layer.take({ event: name, ecommerce: { items: [{ item_id: 'a' }] }, search_term: 'tea' });
    const { is, listed, searched } = layer.page();
    expect({ is, lists: listed.length > 0, searched, cart: layer.cart()?.length }).toEqual({
      is: /of this product/.test(learns!)
        ? 'product'
        : /it is the cart/.test(learns!)
          ? 'cart'
          : /is empty/.test(learns!)
            ? 'order'
            : undefined,
      lists: /lists products/.test(learns!),
      searched: /something was searched for/.test(learns!),
      cart:
        /is empty/.test(learns!) || name === 'remove_from_cart' ? 0 : /is in/.test(learns!) ? 1 : undefined,
    });
  });

  it.each(rowsOf("field of GA4's item"))('says what %s becomes', (field, example, attribute) => {
    const [name] = /\w+/.exec(bare(field!))!;
    const value = JSON.parse(bare(example!)) as unknown;
    const { item } = ga4Item({
      item_id: 'x',
      ...(name === 'id' ? { item_id: undefined } : {}),
      [name]: value,
    })!;
    expect(item[bare(attribute!)]).toEqual(name === 'item_category' ? [value] : value);
  });

  it.each(rowsOf('property of the Product'))(
    'says what %s as %s is: %s',
    (property, example, attribute, value) => {
      const product = {
        '@type': 'Product',
        sku: 'x',
        [bare(property!)]: JSON.parse(bare(example!)) as unknown,
      };
      const { item } = pageOf(jsonLdOf(product)).product!;
      expect(item[bare(attribute!)]).toEqual(JSON.parse(bare(value!)));
    },
  );

  it('names the properties that are an id, in their order', () => {
    expect(page).toContain(ID_PROPERTIES.map((name) => `\`${name}\``).join(', '));
  });

  describe('says what kind of page it is by the first that holds', () => {
    const found = { item: { id: 'a' }, ids: ['a'] };
    interface Given {
      readonly layer?: Partial<Evidence['layer']>;
      readonly markup?: Partial<Markup>;
      readonly address?: string;
      readonly title?: string;
      readonly status?: number;
    }
    /** What the rows of the table speak of, in their order. */
    const evidence: readonly Given[] = [
      { status: 404 },
      { layer: { is: 'product', product: found } },
      { layer: { is: 'cart' } },
      { layer: { is: 'order' } },
      { markup: { product: { ...found, addresses: [] } } },
      { markup: { kind: 'cart' } },
      { layer: { searched: true } },
      { markup: { isHome: true } },
      { layer: { listed: [found] } },
      { title: 'Error 404' },
    ];
    const placementOf = (...all: readonly Given[]): string => {
      const given = all.toReversed();
      const sum = <T>(part: (each: Given) => T | undefined): Partial<T> =>
        Object.assign({}, ...given.map(part)) as Partial<T>;
      const { address = 'https://shop.example/x', title = '', status } = Object.assign({}, ...given) as Given;
      const { placement } = stateOf(
        {
          layer: { listed: [], searched: false, ...sum(({ layer }) => layer) },
          markup: {
            listed: 0,
            isHome: false,
            parts: new Set(),
            products: [],
            broken: 0,
            ...sum(({ markup }) => markup),
          },
          place: placeOf(address, address)!,
          cart: undefined,
          title,
          status,
        },
        () => false,
      );
      return placement ?? 'none';
    };
    const rows = rowsOf('what says so');

    it.each(rows.map(([what, placement], k) => ({ what, placement: bare(placement!), k })))(
      '$what: $placement',
      ({ placement, k }) => {
        expect(rows).toHaveLength(evidence.length);
        expect(placementOf(evidence[k]!)).toBe(placement);
        for (const [later, other] of evidence.entries()) {
          if (later <= k) continue;
          // What a search has found is no search that lists nothing.
          const isFound = evidence[k]!.layer?.searched === true && other.layer?.listed !== undefined;
          expect(placementOf(evidence[k]!, other), `row ${k} and ${later}`).toBe(
            isFound ? 'none' : placement,
          );
        }
      },
    );
  });
});
