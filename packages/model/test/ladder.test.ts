import { describe, expect, it } from 'vitest';
import {
  featureRow,
  idRows,
  MAX_ROWS,
  placeItem,
  type Schema,
  unknownTokens,
  type Vocabulary,
} from '../src/index.ts';

const schema: Schema = [
  { as: 'path', attribute: 'category' },
  { as: 'value', attribute: 'brand' },
];
const tableRows = 4096;
const row = (token: string): number => featureRow(token, tableRows);
const vocabulary: Vocabulary = {
  schema,
  tableRows,
  knowsId: (id) => id === 'trained',
  knowsCategory: (level) => ['electronics', 'electronics>phones'].includes(level),
  knowsRow: (each) => each !== row('brand=unheard of'),
};

describe('the ladder', () => {
  it('gives a trained item its two id rows and the rows of its attributes', () => {
    const item = { id: 'trained', category: ['Electronics', 'Phones'], brand: 'Acme' };
    const attributes = [row('category=electronics'), row('category=electronics>phones'), row('brand=acme')];
    expect(placeItem(item, vocabulary)).toEqual({
      rung: 'known',
      rows: [...idRows('trained', tableRows), ...attributes],
    });
  });

  it('gives an untrained item with attributes the unknown tokens of its path instead of an id', () => {
    const placed = placeItem({ id: 'new', category: ['Electronics', 'Phones'], brand: 'Acme' }, vocabulary);
    expect(placed.rung).toBe('attributes');
    expect(placed.token).toBe('unknown_electronics>phones');
    expect(placed.rows.slice(0, 3)).toEqual(
      ['unknown', 'unknown_electronics', 'unknown_electronics>phones'].map(row),
    );
    expect(placed.rows).toContain(row('brand=acme'));
  });

  it('places an item of a category alone by the token of the deepest trained level', () => {
    expect(placeItem({ id: 'new', category: ['Electronics'] }, vocabulary)).toMatchObject({
      rung: 'category',
      token: 'unknown_electronics',
    });
    expect(placeItem({ id: 'new', category: ['Electronics', 'Watches', 'Smart'] }, vocabulary)).toMatchObject(
      {
        rung: 'category',
        token: 'unknown_electronics',
      },
    );
  });

  it('does not count an attribute that training never saw', () => {
    expect(placeItem({ id: 'new', category: ['Electronics'], brand: 'Unheard of' }, vocabulary).rung).toBe(
      'category',
    );
  });

  it('places an item of which nothing is known at the root', () => {
    expect(placeItem({ id: 'new' }, vocabulary)).toEqual({
      rung: 'root',
      rows: [row('unknown')],
      token: 'unknown',
    });
    expect(placeItem({ id: 'new', category: ['Toys'] }, vocabulary).rung).toBe('root');
  });

  it('keeps at most 16 distinct rows', () => {
    const many = Array.from({ length: 40 }, (_, k) => `tag ${k}`);
    const wide: Vocabulary = { ...vocabulary, schema: [{ as: 'list', attribute: 'tags', max: 40 }] };
    const { rows } = placeItem({ id: 'trained', tags: many }, wide);
    expect(rows).toHaveLength(MAX_ROWS);
    expect(new Set(rows).size).toBe(MAX_ROWS);
  });

  it('names the token of a category the way the shop would', () => {
    expect(unknownTokens(['Electronics'])).toEqual(['unknown', 'unknown_electronics']);
  });
});
