import { FILES, type Learned, readLearned } from '@evershelf/model';
import { NetworkError } from '../metadata/network.ts';
import { keepNewer } from './keepNewer.ts';
import type { LoadedListing } from './loadListing.ts';
import type { ModelFiles } from './modelFiles.ts';

const LEARNED_FILES = [FILES.tables, FILES.edges];

/**
 * Loads what was learned, from where the listing came. What came from the network is stored with it.
 *
 * @throws {ArtifactError} where it cannot be used; {NetworkError} where it cannot be had now
 */
export async function loadLearned(
  from: ModelFiles,
  { listing: { manifest }, fromDevice, files }: LoadedListing,
): Promise<Learned> {
  // Another tab may have stored a newer artifact meanwhile.
  const stored = fromDevice
    ? await readLearned(from.fromDevice(LEARNED_FILES, new Map()), manifest).catch(() => undefined)
    : undefined;
  const learned =
    stored ??
    (await readLearned(from.fromNetwork(files, true), manifest).catch((error: unknown) => {
      // The device has a part of a model that nobody has any more: the next visit finds today's.
      if (fromDevice && !(error instanceof NetworkError)) void keepNewer(from, manifest).catch(() => {});
      throw error;
    }));
  if (stored === undefined) void from.keep(new Map(files));
  files.clear();
  return learned;
}
