import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../tempFolder.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Gives it so many megabytes. */
  resize(megabytes: number): void;
  /** Nothing may be open on it for writing. */
  setReadOnly(readOnly: boolean): void;
}

const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'pipe' });

/** Whether this user may mount disks; in a container root often may not. */
export const mayMount = ((): boolean => {
  try {
    // Of all its flags this one is missing, where nothing else is.
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

/** A disk of its own of so many megabytes, in memory; it goes when the test has ended. */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await tempFolder();
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return {
    folder,
    resize: (megabytes) => mount('-o', `remount,size=${megabytes}m`, folder),
    setReadOnly: (readOnly) => mount('-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder),
  };
}
