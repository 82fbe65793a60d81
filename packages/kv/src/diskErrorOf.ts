import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { DiskError } from './DiskError.ts';

const SEND_AGAIN = 'nothing of it was kept, send it again later';
/** What the system calls a disk, a quota or a file that has no more room. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const names = getSystemErrorMap();

/** What a failed write to a file or folder was, where its disk was to blame; else the error itself. */
export async function diskErrorOf(error: unknown, path: string): Promise<unknown> {
  const { code, message } = error as { code?: string | number; message: string };
  const name = typeof code === 'number' ? names.get(-code)?.[0] : code;
  const cause = new Error(`${path}: could not be written (${message})`, { cause: error });
  if (name === 'EROFS')
    return new DiskError(`found a disk that can only be read, wanted one to write to; ${SEND_AGAIN}`, {
      cause,
    });
  // Of a write that was cut short LMDB says that the disk fails.
  if (FULL.has(name ?? '') || (name === 'EIO' && (await isFull(path))))
    return new DiskError(`found a disk that is full, wanted room for what is written; ${SEND_AGAIN}`, {
      cause,
    });
  if (name === 'EIO')
    return new DiskError(`found a disk that fails, wanted one to write to; ${SEND_AGAIN}`, { cause });
  return error;
}

async function isFull(path: string): Promise<boolean> {
  const { bavail } = await statfs(dirname(path));
  return bavail === 0;
}
