/** Characters that move what a terminal shows, or turn the text around them. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** A text of somebody else, such as an id of a log, as a line of a terminal may show it. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD');
}
