import type { EdgeLists } from '../edges.ts';
import type { Artifact } from './Artifact.ts';
import { checkedFile, type ReadFile } from './checkedFile.ts';
import { type Manifest, PAIRS_FILE } from './manifest.ts';
import { readEdges } from './readEdges.ts';
import { readLearned } from './readLearned.ts';
import { readListing } from './readListing.ts';

/**
 * Reads and checks an artifact: format, version, sizes, digests, and that every row and rung lies inside its table.
 *
 * @throws {ArtifactError} naming the file, what was found and what was wanted; whatever `read` throws
 */
export async function readArtifact(read: ReadFile): Promise<Artifact> {
  const listing = await readListing(read);
  const { rows, ...learned } = await readLearned(read, listing.manifest);
  return { ...listing, ...learned, index: { ...listing.index, ...rows } };
}

/**
 * Reads the pairs of an artifact, which `readArtifact` leaves alone: counts for weights.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readPairs(read: ReadFile, manifest: Manifest): Promise<EdgeLists> {
  return readEdges(PAIRS_FILE, await checkedFile(PAIRS_FILE, manifest, read), manifest);
}
