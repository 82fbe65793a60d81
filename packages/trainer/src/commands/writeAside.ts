import { rename, writeFile } from 'node:fs/promises';
import { InputError } from '../read/InputError.ts';

/**
 * Writes a file aside and renames it into place, so that half of it is never seen; says so on standard error.
 *
 * @throws {InputError} where it cannot be written
 */
export async function writeAside(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new InputError(
      `${path}: cannot be written (${(error as Error).message}), wanted a path for a file`,
    );
  }
  console.error(`written to ${path}`);
}
