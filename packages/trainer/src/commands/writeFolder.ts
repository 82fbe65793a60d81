import { existsSync, renameSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../read/InputError.ts';

/** A file by its path in a folder. */
type NamedFile = readonly [string, string | Uint8Array];

/**
 * Writes a folder of files aside and then renames it into place, so that half of it is never seen.
 *
 * @throws {InputError} where `checkReplaceable` does
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  return writeFiles(folder, (name) => files.has(name), files);
}

/**
 * The same with files that are made one after the other; where making one fails, or the new folder cannot be put in its place, it stays as it was.
 *
 * @param isOurs as in `checkReplaceable`
 */
export async function writeFiles(
  folder: string,
  isOurs: (name: string) => boolean,
  files: Iterable<NamedFile> | AsyncIterable<NamedFile>,
): Promise<void> {
  await checkReplaceable(folder, isOurs);
  const target = resolve(folder);
  const aside = `${besides(target)}${process.pid}.new`;
  const old = `${besides(target)}${process.pid}.old`;
  try {
    for await (const [name, content] of files) {
      const path = join(aside, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    putInPlace(aside, target, old);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/**
 * Puts a folder in the place of another one, which goes to `old`, or comes back where that fails. No system that Node knows exchanges two
 * folders in one step: nothing is done between the two, so that a kill hardly ever comes between them.
 */
function putInPlace(aside: string, target: string, old: string): void {
  if (!existsSync(target)) return renameSync(aside, target);
  renameSync(target, old);
  try {
    renameSync(aside, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
}

/**
 * Refuses a place that holds anything that would be lost: a folder is replaced as a whole. What a run that was killed left beside it is
 * removed before, and what that had just taken away comes back.
 *
 * @param isOurs tells whether a file, by its path in the folder, is one that is written anew
 * @throws {InputError} where something else stands there
 */
export async function checkReplaceable(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  await clearLeftovers(resolve(folder));
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new InputError(
        `${folder}: found ${error.code === 'ENOTDIR' ? 'a file' : error.message}, wanted a folder`,
      );
    },
  );
  const foreign = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !isOurs(name));
  if (foreign.length === 0) return;
  throw new InputError(
    `${folder}: found ${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', ...' : ''}, ` +
      'wanted a new folder, or one of an earlier run and nothing else in it',
  );
}

/** What the folders beside a target are called, up to a process number. */
function besides(target: string): string {
  return join(dirname(target), `.${basename(target)}.`);
}

/** Removes what runs that were killed left beside the target; what one had just taken away comes back. */
async function clearLeftovers(target: string): Promise<void> {
  const start = basename(besides(target));
  for (const name of await readdir(dirname(target)).catch(() => [])) {
    const pid = /^(\d+)\.(?:new|old)$/.exec(name.startsWith(start) ? name.slice(start.length) : '')?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(dirname(target), name);
    if (name.endsWith('.old') && !existsSync(target)) await rename(path, target);
    else await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
