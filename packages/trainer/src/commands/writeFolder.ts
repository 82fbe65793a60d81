import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../read/InputError.ts';

/**
 * Writes a folder of files aside and then renames it into place, so that half of it is never seen.
 *
 * @param marker a file by which an earlier folder of the same kind is known; another folder is not replaced
 * @throws {InputError} where something else stands there
 */
export async function writeFolder(
  folder: string,
  marker: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  await checkReplaceable(folder, marker);
  const target = resolve(folder);
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  const old = join(dirname(target), `.${basename(target)}.${process.pid}.old`);
  try {
    for (const [name, content] of files) {
      const path = join(aside, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    if (existsSync(target)) await rename(target, old);
    await rename(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Refuses a place that holds something which is not of this kind. */
export async function checkReplaceable(folder: string, marker: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new InputError(
      `${folder}: found ${error.code === 'ENOTDIR' ? 'a file' : error.message}, wanted a folder`,
    );
  });
  if (found.length === 0 || existsSync(join(folder, marker))) return;
  throw new InputError(
    `${folder}: found ${found.slice(0, 3).join(', ')} but no ${marker}, wanted a new or empty folder`,
  );
}
