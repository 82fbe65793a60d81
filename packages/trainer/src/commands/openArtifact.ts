import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifact, readArtifact } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';

/**
 * Reads an artifact from a folder.
 *
 * @throws {InputError} where a file is missing; `ArtifactError` where one is broken
 */
export function openArtifact(folder: string): Promise<Artifact> {
  return readArtifact(async (name) => {
    const path = join(folder, name);
    try {
      return new Uint8Array(await readFile(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR')
        throw new InputError(`${path}: found no such file, wanted an artifact`);
      throw error;
    }
  });
}
