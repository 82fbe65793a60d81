import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';
import { type Artifact, readArtifact, type ReadFile, writeArtifact } from '../../packages/model/src/index.ts';

/** Files of an artifact of 24 items and 16 rows: small, so that one change hits something. */
export function smallFiles(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { draft, parts } = smallArtifact(1, 24, [16, 4]);
  return writeArtifact(draft, parts);
}

/** The same, read. */
export async function smallShop(): Promise<Artifact> {
  return readArtifact(readerOf(await smallFiles()));
}

export function readerOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): ReadFile {
  return async (name) => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`${name}: found no such file`);
    return bytes;
  };
}
