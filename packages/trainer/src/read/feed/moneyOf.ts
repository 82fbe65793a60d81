import { priceOf } from '@evershelf/model/markup';

/** An amount, and its currency in ISO 4217 where one is named. */
export interface Money {
  readonly amount: number;
  readonly currency?: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₺': 'TRY',
  '₩': 'KRW',
  '₽': 'RUB',
  zł: 'PLN',
};
/** One amount, with a currency on one side of it at most. */
const MONEY =
  /^(\p{L}{2,3}|\p{Sc})?\s*\d+(?:[\s'’]\d{3}(?!\d))*(?:[.,]\d{2,3})*(?:[.,]\d+)?\s*(\p{L}{2,3}|\p{Sc})?$/u;

/**
 * Reads a price such as `15.00 USD`, also with the currency in front; its digits as `priceOf` does. Undefined for anything else.
 * Signs that several currencies share, such as `$`, name none.
 */
export function moneyOf(text: string): Money | undefined {
  const [found, before, behind] = MONEY.exec(text.trim()) ?? [];
  if (found === undefined || (before !== undefined && behind !== undefined)) return undefined;
  const amount = priceOf(found);
  if (amount === undefined) return undefined;
  const unit = before ?? behind;
  const currency =
    unit === undefined
      ? undefined
      : (SIGNS[unit] ?? (/^[A-Za-z]{3}$/.test(unit) ? unit.toUpperCase() : undefined));
  return { amount, ...(currency !== undefined && { currency }) };
}
