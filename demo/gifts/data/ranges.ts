/** Ranges of patterns that the source's titles name, as the shop calls them. */
const RANGES: readonly (readonly [RegExp, string])[] = [
  [/RETROSPOT/, 'Retrospot'],
  [/POLKA ?DOT/, 'Polkadot'],
  [/PAISLEY/, 'Paisley'],
  [/UNION (JACK|FLAG)/, 'Union Jack'],
  [/SPACEBOY/, 'Spaceboy'],
  [/DOLLY GIRL/, 'Dolly Girl'],
  [/WOODLAND|TOADSTOOL/, 'Woodland'],
  [/REGENCY/, 'Regency'],
  [/PANTRY/, 'Pantry'],
  [/SWEETHEART/, 'Sweetheart'],
  [/SKULL/, 'Skulls'],
  [/STRAWBERRY/, 'Strawberry'],
  [/BABUSHKA/, 'Babushka'],
  [/CIRCUS PARADE/, 'Circus Parade'],
  [/SCANDINAVIAN/, 'Scandinavian'],
  [/FRENCH|PARIS/, 'French'],
  [/EDWARDIAN|VICTORIAN/, 'Old England'],
  [/LONDON/, 'London'],
  [/ROSE/, 'Rose'],
  [/HEART/, 'Heart'],
  [/VINTAGE/, 'Vintage'],
];

/** The range of a product; undefined where its title names none. */
export function rangeOf(title: string): string | undefined {
  return RANGES.find(([words]) => words.test(title))?.[1];
}
