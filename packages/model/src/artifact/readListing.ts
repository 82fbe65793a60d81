import type { ListedItems } from '../itemIndex.ts';
import { RUNGS } from '../ladder.ts';
import { LIVE_HALF_LIVES } from '../live.ts';
import type { Listing } from './Artifact.ts';
import { ArtifactError } from './ArtifactError.ts';
import { readCatalogue } from './catalogue.ts';
import { checkedFile, type ReadFile } from './checkedFile.ts';
import { checkManifestDigest, FILES, MANIFEST, type Manifest, parseManifest } from './manifest.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';

/**
 * The first stage of `readArtifact`: what the shop holds, enough for a shelf of what sells. The manifest is asked for before the
 * other files.
 *
 * @param isChecked true where the bytes were checked before they were kept: digests, and what each item says, are left alone
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readListing(read: ReadFile, isChecked = false): Promise<Listing> {
  const bytes = await read(MANIFEST);
  const manifest = parseManifest(bytes);
  if (!isChecked) await checkManifestDigest(bytes);
  const [items, catalogue] = await Promise.all(
    [FILES.items, FILES.catalogue].map((name) => checkedFile(name, manifest, read, isChecked)),
  );
  return {
    manifest,
    index: readItems(items!, manifest, isChecked),
    catalogue: readCatalogue(FILES.catalogue, catalogue!, manifest.items),
  };
}

function readItems(
  bytes: Uint8Array<ArrayBuffer>,
  { items: count }: Manifest,
  isChecked: boolean,
): ListedItems {
  const file = FILES.items;
  const tensors = readSafetensors(file, bytes);
  const rung = takeTensor(file, tensors, 'rung', 'U8', [count]);
  const bad = isChecked ? -1 : rung.findIndex((each) => each >= RUNGS.length);
  if (bad >= 0) throw new ArtifactError(file, `rung ${rung[bad]} of item ${bad}`, `0 to ${RUNGS.length - 1}`);
  return { count, rung, live: takeTensor(file, tensors, 'live', 'U8', [count, LIVE_HALF_LIVES.length]) };
}
