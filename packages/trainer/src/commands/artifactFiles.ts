import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';

/**
 * The files of an artifact in a folder, as `readArtifact` and `readPairs` ask for them.
 *
 * @throws {InputError} where a file is missing, once it is asked for
 */
export function artifactFiles(folder: string): ReadFile {
  return async (name) => {
    const path = join(folder, name);
    try {
      return new Uint8Array(await readFile(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR')
        throw new InputError(`${path}: found no such file, wanted an artifact`);
      throw error;
    }
  };
}
