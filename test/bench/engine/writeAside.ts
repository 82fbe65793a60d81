import { rename, writeFile } from 'node:fs/promises';

/** Writes a file that is whole or not there. */
export async function writeAside(file: string, content: string): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}
