/** What the source shortens. */
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bS(?:ET)?\/ ?(\d+)\b/g, 'set of $1'],
  [/\bSET(\d+)\b/g, 'set of $1'],
  [/\b(?:ASSTD|ASSTED|ASST|ASS COL|ASS)\b\.?/g, 'assorted'],
  [/\bW\//g, 'with '],
  [/\bW\b/g, 'with'],
  [/\b(?:XMAS|CHRSTMAS)\b/g, 'Christmas'],
  [/\bDEC\b/g, 'decoration'],
  [/\bDES\b/g, 'design'],
  [/\bHLDR\b|\bHOLD\b(?=$)/g, 'holder'],
  [/\bP'WEIGHT\b/g, 'paperweight'],
  [/\bMED\b/g, 'medium'],
  [/\bNECKL\b\.?/g, 'necklace'],
  [/\bBRACLET\b/g, 'bracelet'],
  [/\bC\/COVER\b/g, 'cushion cover'],
  [/""/g, '"'],
];

/** Names, which keep their capital letter. */
const NAMES =
  /\b(?:i|christmas|easter|halloween|union jack|london|paris|france|french|english|danish|scandinavian|swiss|moroccan|murano|edwardian|victorian|regency|georgian|tuscan|hawaiian|acapulco|charlie|lola|charlotte|alice|santa|noel|st george|monte carlo|riviera|medina|morris|buddha|pantry|spaceboy|dolly girl|babushka|suki|valentines?|ipod|tv|led)\b/g;

/** A title as a shop would print it, from the source's capitals: `Set of 6 T-lights, toadstools`. */
export function readableTitle(source: string): string {
  let title = source.replaceAll(/\s+/g, ' ').trim().toUpperCase();
  for (const [short, long] of WRITTEN_OUT) title = title.replaceAll(short, long);
  title = title
    .toLowerCase()
    .replaceAll(NAMES, (name) =>
      ['ipod', 'tv', 'led'].includes(name)
        ? { ipod: 'iPod', tv: 'TV', led: 'LED' }[name]!
        : name.replaceAll(/\b\p{L}/gu, (letter) => letter.toUpperCase()),
    )
    .replaceAll(/ ([,.])/g, '$1');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
