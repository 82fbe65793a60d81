/** A whole number above 0 that an option has; ends the bench where it has none. */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  return refuse(name, text, 'a whole number above 0');
}

/** Ends a bench whose option makes no sense. */
export function refuse(name: string, found: string, wanted: string): never {
  console.error(`--${name}: found ${found}, wanted ${wanted}`);
  process.exit(1);
}
