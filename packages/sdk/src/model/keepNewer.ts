import { MANIFEST, type Manifest, readArtifact } from '@evershelf/model';
import { patientBody } from '../metadata/patientBody.ts';
import { type Files, idOf, type ModelFiles } from './modelFiles.ts';

/**
 * Looks for a newer artifact, and stores it for the next visit.
 *
 * @throws {ArtifactError}, {NetworkError}
 */
export async function keepNewer(from: ModelFiles, { id }: Manifest): Promise<void> {
  const newer: Files = new Map();
  const read = from.fromNetwork(newer, patientBody);
  if (idOf(await read(MANIFEST)) === id) return;
  await readArtifact(read);
  await from.keep(newer);
}
