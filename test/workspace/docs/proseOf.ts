import { readFileSync } from 'node:fs';

/** A page without its line breaks. */
export function proseOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ');
}
