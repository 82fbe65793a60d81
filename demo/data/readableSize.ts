const units: Record<string, string> = {
  CT: 'ct',
  CUP: 'cups',
  DOZ: 'dozen',
  DZ: 'dozen',
  FT: 'ft',
  G: 'g',
  GA: 'gal',
  GAL: 'gal',
  GALON: 'gal',
  GM: 'g',
  IN: 'in',
  L: 'L',
  LB: 'lb',
  LD: 'loads',
  LDS: 'loads',
  LOAD: 'loads',
  LOADS: 'loads',
  LT: 'L',
  ML: 'ml',
  O: 'oz',
  OZ: 'oz',
  OZS: 'oz',
  P: 'pack',
  PC: 'pieces',
  PCS: 'pieces',
  PK: 'pack',
  PKS: 'pack',
  PT: 'pt',
  QT: 'qt',
  SHEET: 'sheets',
  'SQ FT': 'sq ft',
  STEM: 'stems',
  STEMS: 'stems',
  USE: 'uses',
  USES: 'uses',
  Z: 'oz',
};

const unit = Object.keys(units)
  .sort((a, b) => b.length - a.length)
  .join('|');
const number = String.raw`\d*\.?\d+`;
const one = new RegExp(String.raw`^(${number}) ?(${unit})$`);
const several = new RegExp(String.raw`^(\d+) ?[/-] ?(${number}) ?(${unit})$`);
const two = new RegExp(String.raw`^(${number}) ?(${unit}) ?[/ -] ?(${number}) ?(${unit})$`);
const fractions: Record<string, number> = { '1/4': 0.25, '1/3': 0.33, '1/2': 0.5, '3/4': 0.75 };

/** A package size as a shopper reads it, such as `10.5 oz` or `6 × 4 oz`; null where it says no amount. */
export function readableSize(packageSize: string | null): string | null {
  const text = clean(packageSize ?? '');
  const single = one.exec(text);
  if (single) return amount(single[1], single[2]);
  const multiple = several.exec(text);
  if (multiple) return multiply(multiple[1], multiple[2], multiple[3]);
  const pair = two.exec(text);
  if (pair) return [amount(pair[1], pair[2]), amount(pair[3], pair[4])].sort(packsFirst).join(', ');
  return units[text] && /^(DZ|GAL|L|LB|PT|QT)$/.test(text) ? amount('1', text) : null;
}

/** Leaves off the source's codes and packaging words, and writes fractions as decimals. */
function clean(packageSize: string): string {
  return packageSize
    .toUpperCase()
    .replace(/\(.*?\)/g, '')
    .replace(/^\d{6} +(?=\d)/, '')
    .replace(/^\d{6} +(PK|CTN)$/, '')
    .replace(/^(?:A D|ALL|[BLNR]) *(?=[.\d])/, '')
    .replace(/\b(?:AEROS?|BAG|BOX|BTL|CAN|CN|CUBE|FL|FM|JUMBO|LN BT|LNNR|LOOSE|NR|PCH|PET|PLST)\b/g, '')
    .replace(/\b(?:POUCH|REC|REFIL|SNGAL|TRAY|TUB)\b/g, '')
    .replace(/^HALF (?=GAL)/, '0.5 ')
    .replace(/^2416\.9\b/, '24/16.9')
    .replace(/^(\d+)[ -](\d)\/(\d)(?= )/, (_, whole, top, bottom) => String(Number(whole) + top / bottom))
    .replace(/^[13]\/[234](?= (?:OZ|GAL|PT|L)$)/, (text) => String(fractions[text] ?? text))
    .replace(/(\d\.) (?=\d)/, '$1')
    .replace(/^(\d+) 00\b/, '$1')
    .replace(/\s+/g, ' ')
    .replace(/[\s./]+$/, '')
    .trim();
}

function amount(count: string | undefined, name: string | undefined): string {
  const value = Math.round(Number(count) * 1000) / 1000;
  const label = units[name ?? ''] ?? '';
  return `${value} ${value === 1 ? label.replace(/(?<=piece|stem|load|use|cup|sheet)s$/, '') : label}`;
}

/** `6/4 OZ` is six of four ounces, while `14-18 CT` is a range. */
function multiply(first = '', second = '', name = ''): string {
  const range = Number(second) > Number(first) && /^(CT|LB|STEM)$/.test(name);
  return range ? `${first}–${amount(second, name)}` : `${Number(first)} × ${amount(second, name)}`;
}

function packsFirst(a: string, b: string): number {
  return Number(/ (ct|pack)$/.test(b)) - Number(/ (ct|pack)$/.test(a));
}
