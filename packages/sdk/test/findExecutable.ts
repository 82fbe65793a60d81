import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first program that is there: one of the commands on the path, else one of the places. */
export function findExecutable(commands: readonly string[], places: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...places].find(isThere);
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
