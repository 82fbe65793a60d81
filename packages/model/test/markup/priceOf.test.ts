import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOf } from '../../src/markup/index.ts';

describe('priceOf', () => {
  it.each([
    [1299, 1299],
    [0, 0],
    ['1299.00', 1299],
    ['1,299.00', 1299],
    ['1.299,00', 1299],
    ['1.299,00 €', 1299],
    ['$1,299.00', 1299],
    ['Rs.299', 299],
    ['USD 19.90', 19.9],
    ['12,99', 12.99],
    ['12,5', 12.5],
    ['1,299', 1299],
    ['0,299', 0.299],
    ['1.299', 1.299],
    ['1.299 €', 1299],
    ['ab 1.299,-', 1299],
    ['KWD 1.299', 1.299],
    ['12345,678', 12_345.678],
    ['1.234.567', 1_234_567],
    ['1,29,900.00', 129_900],
    ['1 299,00', 1299],
    ['1\u00a0299,00\u00a0kr', 1299],
    ["1'299.00", 1299],
    ['.99', 0.99],
    ['12,-', 12],
    ['10.00 - 20.00', 10],
    ['from 5', 5],
    ['١٢٫٥٠', 12.5],
    ['&euro; 7,50', 7.5],
  ])('reads %j as %d', (written, price) => expect(priceOf(written)).toBe(price));

  it.each([
    [''],
    ['free'],
    [-5],
    ['-5'],
    [Number.NaN],
    [Infinity],
    [null],
    [undefined],
    [{}],
    [['5']],
    [true],
  ])('finds no price in %j', (written) => expect(priceOf(written)).toBeUndefined());

  it('reads what Intl writes, in any locale that separates by signs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom(
          'en-US',
          'de-DE',
          'de-CH',
          'fr-FR',
          'sv-SE',
          'en-IN',
          'pt-BR',
          'pl-PL',
          'ar-EG',
          'fa-IR',
        ),
        (cents, locale) => {
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
          expect(priceOf(written)).toBeCloseTo(cents / 100, 6);
        },
      ),
    );
  });
});
