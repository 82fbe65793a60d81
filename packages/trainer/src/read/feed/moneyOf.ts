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
const MONEY = /^(\p{L}{2,3}|\p{Sc})?\s*(\d[\d.,'\u00A0\u202F ]*)\s*(\p{L}{2,3}|\p{Sc})?$/u;

/**
 * Reads a price such as `15.00 USD`, also with the currency in front, with a decimal comma, or with thousands apart. Undefined
 * for anything else. Signs that several currencies share, such as `$`, name none.
 */
export function moneyOf(text: string): Money | undefined {
  const [, before, digits, behind] = MONEY.exec(text.trim()) ?? [];
  if (digits === undefined || (before !== undefined && behind !== undefined)) return undefined;
  const plain = plainNumber(digits.replaceAll(/[\s']/gu, ''));
  if (plain === undefined) return undefined;
  const amount = Number(plain);
  const unit = before ?? behind;
  const currency =
    unit === undefined
      ? undefined
      : (SIGNS[unit] ?? (/^[A-Za-z]{3}$/.test(unit) ? unit.toUpperCase() : undefined));
  return Number.isFinite(amount) ? { amount, ...(currency !== undefined && { currency }) } : undefined;
}

/** Digits with a point before the decimals and nothing else; undefined where that is no number. */
function plainNumber(digits: string): string | undefined {
  // Of two kinds of separators the last is the decimal one; a single comma is, unless three digits follow it.
  if (/^\d+(\.\d+)?$/.test(digits)) return digits;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return digits.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (/^\d+,\d+$/.test(digits)) return digits.replace(',', '.');
  return undefined;
}
