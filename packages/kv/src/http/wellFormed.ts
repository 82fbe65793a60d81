/** Escapes of JSON texts: a pair of surrogates, one alone, any other. */
const ESCAPE =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|.)/gsu;

/**
 * JSON in which halves of surrogate pairs are U+FFFD. UTF-8 has no bytes for one: in a store, in a packed page and in a log it would
 * be another text than in an answer, and two ids one.
 */
export function wellFormed(json: string): string {
  return json.replace(ESCAPE, (escape, half?: string) => (half === undefined ? escape : '\\ufffd'));
}
