import { FILES, type Listing, MANIFEST, readListing } from '@evershelf/model';
import type { Files, ModelFiles } from './modelFiles.ts';

/** The first stage of a model. */
export interface LoadedListing {
  readonly listing: Listing;
  /** True where it came from the device. */
  readonly fromDevice: boolean;
  /** Its files, until the rest of the model is read. */
  readonly files: Files;
}

const LISTING_FILES = [MANIFEST, FILES.items, FILES.catalogue];

/**
 * Loads what the shop holds: from the device where it is there, else from the network.
 *
 * @throws {ArtifactError} where the artifact cannot be used; {NetworkError} where it cannot be had
 */
export async function loadListing(from: ModelFiles): Promise<LoadedListing> {
  const files: Files = new Map();
  const stored = await readListing(from.fromDevice(LISTING_FILES, files), true).catch(() => undefined);
  if (stored !== undefined) return { listing: stored, fromDevice: true, files };
  files.clear();
  return { listing: await readListing(from.fromNetwork(files)), fromDevice: false, files };
}
