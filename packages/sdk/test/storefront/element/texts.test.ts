import { describe, expect, it } from 'vitest';
import { messagesOf, say } from '../../../src/storefront/element/messages.ts';
import { numberText, priceText } from '../../../src/storefront/element/numberText.ts';
import { partValue, rawValue } from '../../../src/storefront/element/partValues.ts';

describe('a price', () => {
  it.each([
    [{ language: 'en', currency: 'USD' }, '$1,234.50'],
    [{ language: 'de-AT', currency: 'EUR' }, '€\u00A01.234,50'],
    [{ language: 'fr_FR', currency: 'EUR' }, '1\u202F234,50\u00A0€'],
    [{ language: 'ja', currency: 'jpy' }, '￥1,235'],
    [{ language: 'en' }, '1,234.50'],
    [{ language: 'en', currency: 'dollars' }, '1,234.50'],
  ])('is written as %j has it', (style, text) => expect(priceText(1234.5, style)).toBe(text));

  it('is written somehow where the language is none', () => {
    expect(priceText(5, { language: '??', currency: 'USD' })).toContain('5');
    expect(numberText(0.25, { language: 'de' })).toBe('0,25');
  });

  it.each([Number.MAX_VALUE, -Number.MAX_VALUE, 1e15])('is short, even if it is %d', (price) => {
    expect(priceText(price, { language: 'en', currency: 'USD' })).toMatch(/^-?\$[\d.]+E\d+$/);
    expect(numberText(price, { language: 'de' })).toMatch(/^-?[\d,]+E\d+$/);
  });
});

describe('what a shelf says', () => {
  it.each([
    ['en', 'For you'],
    ['de-AT', 'Für Sie'],
    ['fr_CA', 'Pour vous'],
    ['ES', 'Para ti'],
    ['tlh', 'For you'],
    ['', 'For you'],
  ])('is said in %s', (language, home) => expect(messagesOf(language).home).toBe(home));

  it("is in the shop's own words where it has them, the nearest language first", () => {
    const own = {
      'de-AT': { home: 'Servus' },
      de: { home: 'Hallo', cart: 'Dazu' },
      nl: { home: 'Voor jou' },
    };
    expect(messagesOf('de-AT', own)).toMatchObject({
      home: 'Servus',
      cart: 'Dazu',
      again: 'Noch einmal für Sie',
    });
    expect(messagesOf('nl', own)).toMatchObject({ home: 'Voor jou', cart: 'Goes well with your cart' });
  });

  it('puts a name in as it is', () => expect(say('Goes with {}', '$& {}')).toBe('Goes with $& {}'));

  it('says everything in every language', () => {
    const names = Object.keys(messagesOf('en')).sort();
    for (const language of ['de', 'fr', 'es']) {
      const messages = messagesOf(language);
      expect(Object.keys(messages).sort()).toEqual(names);
      for (const [name, text] of Object.entries(messages))
        expect(text.includes('{}'), `${language} ${name}`).toBe(
          messagesOf('en')[name as 'home'].includes('{}'),
        );
    }
  });
});

describe('a part of a card', () => {
  const content = {
    item: {
      id: 'a',
      price: 2,
      salePrice: 1.5,
      weight: 1200,
      category: ['Food', 'Fruit'],
      tags: ['x', 'y'],
      bio: true,
    },
    position: 3,
    why: 'Popular now',
    language: 'en',
    currency: 'USD',
  };
  it.each([
    ['price', '$2.00'],
    ['salePrice', '$1.50'],
    ['weight', '1,200'],
    ['category', 'Fruit'],
    ['tags', 'x, y'],
    ['bio', true],
    ['position', '3'],
    ['why', 'Popular now'],
    ['brand', undefined],
  ])('named %s shows %s', (name, value) => expect(partValue(name, content)).toBe(value));

  it('is as the item has it in an attribute', () => {
    expect(rawValue('weight', content)).toBe('1200');
    expect(rawValue('brand', content)).toBeUndefined();
  });
});
