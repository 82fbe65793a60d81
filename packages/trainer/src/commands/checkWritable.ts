import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../read/InputError.ts';

/**
 * Says before the work, not after it, that a file cannot be written.
 *
 * @throws {InputError}
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    if ((await stat(path).catch(() => undefined))?.isDirectory() === true) throw new Error('it is a folder');
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw new InputError(
      `${path}: cannot be written (${(error as Error).message}), wanted a path for a file`,
    );
  }
}
