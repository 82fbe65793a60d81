import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from './InputError.ts';

/**
 * The files that names stand for: a file for itself, a folder for its files that can be read, by name, and a pattern, such as
 * `events/2026-1*.jsonl`, for what it matches.
 *
 * @param isReadable tells a readable file by its name
 * @param match finds what a pattern matches, by name
 * @param wanted what can be read, for messages
 * @throws {InputError} where there is none
 */
export async function filesOf(
  names: readonly string[],
  isReadable: (name: string) => boolean,
  match: (pattern: string) => Promise<string[]>,
  wanted: string,
): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    const found = existsSync(name) ? inside(name, isReadable) : await match(name);
    if (found.length === 0)
      throw new InputError(
        `${name}: found no such file${existsSync(name) ? ' in this folder' : ''}, wanted ${wanted}`,
      );
    files.push(...found);
  }
  return files;
}

function inside(name: string, isReadable: (name: string) => boolean): string[] {
  if (!statSync(name).isDirectory()) return [name];
  return readdirSync(name, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isReadable(entry.name))
    .map((entry) => join(name, entry.name))
    .toSorted();
}
