import { describe, expect, it } from 'vitest';
import { attributeFeatures, categoryFeatures, checkSchema, SchemaError } from '../src/index.ts';

describe('features', () => {
  it('encodes each kind of attribute', () => {
    const schema = checkSchema([
      { as: 'path', attribute: 'category' },
      { as: 'value', attribute: 'brand' },
      { as: 'list', attribute: 'genres', max: 2 },
      { as: 'words', attribute: 'title', max: 3 },
      { as: 'bins', attribute: 'price', perDoubling: 2 },
      { as: 'cross', attributes: ['brand', 'organic'] },
    ]);
    const item = {
      id: '1',
      category: ['A', 'B'],
      brand: 'ACME  Inc',
      genres: ['Rock', 'Pop', 'Jazz'],
      title: 'A Café table, a café CHAIR and more',
      price: 0.04,
      organic: true,
    };
    expect(attributeFeatures(schema, item)).toEqual([
      'brand=acme inc',
      'genres=rock',
      'genres=pop',
      'title=café',
      'title=table',
      'title=chair',
      'price=5',
      'brand*organic=acme inc*true',
    ]);
    expect(categoryFeatures(item.category)).toEqual(['category=a', 'category=a>b']);
  });

  it('puts prices a factor of two apart two bins apart, and nothing into bin 0', () => {
    const bins = checkSchema([{ as: 'bins', attribute: 'price' }]);
    const bin = (price: number): number =>
      Number(attributeFeatures(bins, { id: '1', price })[0]!.split('=')[1]);
    expect(bin(8) - bin(4)).toBe(2);
    expect(bin(0)).toBe(0);
    expect(bin(Number.MAX_VALUE)).toBe(255);
  });

  it('says nothing of attributes that are absent or empty', () => {
    const schema = checkSchema([
      { as: 'value', attribute: 'brand' },
      { as: 'list', attribute: 'genres' },
    ]);
    expect(attributeFeatures(schema, { id: '1', brand: '', genres: [] })).toEqual([]);
  });

  it.each([
    [{}, 'schema: found object, wanted a list'],
    [[{ as: 'magic', attribute: 'x' }], 'schema[0].as: found "magic", wanted one of'],
    [[{ as: 'value' }], 'schema[0].attribute: found undefined, wanted the name of an attribute'],
    [[{ as: 'list', attribute: 'x', max: 0 }], 'schema[0].max: found 0, wanted a whole number from 1 to 64'],
    [[{ as: 'cross', attributes: ['x'] }], 'schema[0].attributes: found ["x"], wanted two attributes'],
  ])('refuses %j', (schema, message) => {
    expect(() => checkSchema(schema)).toThrow(SchemaError);
    expect(() => checkSchema(schema)).toThrow(message);
  });
});
