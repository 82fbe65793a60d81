/** No text in UTF-8 begins with this byte. */
const BROKEN = 0xff;

/** A name as the field of a hash: in UTF-8, or where half a character stands in it, marked and in UTF-16. No name is lost. */
export function fieldOf(name: string): Buffer {
  if (!/\p{Surrogate}/u.test(name)) return Buffer.from(name);
  return Buffer.concat([Buffer.of(BROKEN), Buffer.from(name, 'utf16le')]);
}

/** The name that `fieldOf` made the field of. */
export function nameOf(field: Buffer): string {
  return field[0] === BROKEN ? field.toString('utf16le', 1) : field.toString();
}
