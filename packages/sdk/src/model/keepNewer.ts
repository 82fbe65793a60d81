import { MANIFEST, type Manifest, readArtifact } from '@evershelf/model';
import type { Files, ModelFiles } from './modelFiles.ts';

/**
 * Looks for a newer artifact, and stores it for the next visit.
 *
 * @throws {ArtifactError}, {NetworkError}
 */
export async function keepNewer(from: ModelFiles, { id }: Manifest): Promise<void> {
  const newer: Files = new Map();
  const read = from.fromNetwork(newer, true);
  if (idOf(await read(MANIFEST)) === id) return;
  await readArtifact(read);
  await from.keep(newer);
}

/** The id that a manifest claims, undefined where it has none: the artifact's reader says what is wrong with it. */
function idOf(manifest: Uint8Array): unknown {
  try {
    return (JSON.parse(new TextDecoder().decode(manifest)) as { id?: unknown }).id;
  } catch {
    return undefined;
  }
}
