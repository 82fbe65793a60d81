import { textOf } from './textOf.ts';

/** Arabic-Indic and Persian digits, each in the place of its value. */
const DIGITS = /[٠-٩۰-۹]/gu;
/** A number with separators; spaces and apostrophes stand before three digits alone. */
const NUMBER = /\d+(?:[ '’]\d{3}(?!\d))*(?:[.,]\d+)*/;

/** Currencies that have a thousand parts. */
const MILS = /KWD|BHD|OMR|JOD|TND|LYD|IQD|\bK\.?D\b/i;

/**
 * A price as shops write it: `1299`, `"1299.00"`, `"1.299,00 €"`, `"$1,299.00"`, `"1 299,00"`, `"1'299.00"`. Of a range the lower end.
 * One separator alone is the decimal one, as schema.org wants it, but before three digits where it is a comma, or where the price is
 * written for people, with its currency or other words.
 *
 * @returns a number >= 0; undefined where there is none
 */
export function priceOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  const text = textOf(value)
    ?.slice(0, 64)
    .replace(DIGITS, (digit) => String(digit.codePointAt(0)! & 15))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .replace(/^[.,]/, '0$&');
  const found = text === undefined ? null : NUMBER.exec(text);
  if (found === null || /[-−]$/u.test(text!.slice(0, found.index))) return undefined;
  const written = found[0].replace(/[ '’]/g, '');
  const last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
  if (last < 0) return Number(written);
  const whole = written.slice(0, last);
  const rest = written.slice(last + 1);
  const isMarked = found[0] !== text && !MILS.test(text!);
  const isGroup = rest.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  const isThousands = whole.includes(written[last]!) || (isGroup && (written[last] === ',' || isMarked));
  const digits = whole.replace(/[.,]/g, '');
  return Number(isThousands ? digits + rest : `${digits}.${rest}`);
}
