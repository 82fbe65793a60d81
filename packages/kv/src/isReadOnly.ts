import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

/** Whether the disk of a folder that is there can only be read, be it that nobody told so. */
export async function isReadOnly(folder: string): Promise<boolean> {
  return await access(folder, constants.W_OK).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'EROFS',
  );
}
