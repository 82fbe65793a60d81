/** How a shelf writes numbers. */
export interface NumberStyle {
  /** BCP 47; the browser's own where it is none. */
  readonly language?: string | undefined;
  /** ISO 4217; prices are plain numbers where it is none. */
  readonly currency?: string | undefined;
}

/** Making one takes tens of times as long as writing a number with it. */
const formats: Record<string, Format> = {};

type Format = Pick<Intl.NumberFormat, 'format'>;

/** Numbers from here on take a card's place with their digits, and are written as powers of ten: no price is one of them. */
const LONG = 1e15;

/** A number as the language writes it. */
export function numberText(number: number, { language }: NumberStyle): string {
  return textOf(number, language, {});
}

/** A price as the language writes it, with its currency where one is known. */
export function priceText(price: number, { language, currency }: NumberStyle): string {
  const plain = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const isKnown = currency !== undefined && /^[a-z]{3}$/i.test(currency);
  return textOf(price, language, isKnown ? { style: 'currency', currency } : plain);
}

function textOf(number: number, language: string | undefined, style: Intl.NumberFormatOptions): string {
  const options = Math.abs(number) < LONG ? style : { ...style, notation: 'scientific' as const };
  return (formats[JSON.stringify([language, options])] ??= newFormat(language, options)).format(number);
}

function newFormat(language: string | undefined, options: Intl.NumberFormatOptions): Format {
  try {
    return new Intl.NumberFormat(language?.replaceAll('_', '-'), options);
  } catch {
    // What stands in `lang` is anybody's guess; and a page may have spoilt `Intl`.
    return language === undefined ? { format: String } : newFormat(undefined, options);
  }
}
