import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('corpus/', import.meta.url));
/** Most inputs of a target that are kept, and most bytes of one. */
const MOST = 40;
const LENGTH = 8192;

/** The inputs of a target that are kept in the repository. */
export function readCorpus(target: string): Uint8Array[] {
  const folder = join(FOLDER, target);
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => Uint8Array.from(readFileSync(join(folder, name))))
    : [];
}

/** Keeps the first of some inputs, in place of those that were kept. */
export function writeCorpus(target: string, inputs: readonly Uint8Array[]): void {
  const folder = join(FOLDER, target);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const input of inputs.filter(({ length }) => length <= LENGTH).slice(0, MOST))
    writeFileSync(join(folder, createHash('sha256').update(input).digest('hex').slice(0, 12)), input);
}
