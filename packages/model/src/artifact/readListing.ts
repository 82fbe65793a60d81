import { type ItemIndex, MAX_ROWS } from '../itemIndex.ts';
import { RUNGS } from '../ladder.ts';
import { LIVE_HALF_LIVES } from '../live.ts';
import type { Listing } from './Artifact.ts';
import { ArtifactError } from './ArtifactError.ts';
import { readCatalogue } from './catalogue.ts';
import { checkedFile, type ReadFile } from './checkedFile.ts';
import { FILES, MANIFEST, type Manifest, manifestBytes, manifestDigest, parseManifest } from './manifest.ts';
import { formatBelow } from './numbersBelow.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';

/**
 * The first stage of `readArtifact`: what the shop holds, enough for a shelf of what sells. The manifest is asked for before the
 * other files.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readListing(read: ReadFile): Promise<Listing> {
  const bytes = await read(MANIFEST);
  const manifest = parseManifest(bytes);
  const digest = await manifestDigest(manifest);
  if (digest !== manifest.sha256)
    throw new ArtifactError(MANIFEST, `SHA-256 ${digest}`, `${manifest.sha256}`);
  checkSpelling(bytes, manifestBytes(manifest));
  const [items, catalogue] = await Promise.all(
    [FILES.items, FILES.catalogue].map((name) => checkedFile(name, manifest, read)),
  );
  return {
    manifest,
    index: readItems(items!, manifest),
    catalogue: readCatalogue(FILES.catalogue, new TextDecoder().decode(catalogue), manifest.items),
  };
}

/** The digest covers what the manifest says; a flipped bit may say the same, as in the last digit of a number. */
function checkSpelling(found: Uint8Array, wanted: Uint8Array): void {
  if (found.length !== wanted.length)
    throw new ArtifactError(MANIFEST, `${found.length} bytes`, `${wanted.length}`);
  const at = found.findIndex((byte, k) => byte !== wanted[k]);
  if (at >= 0) throw new ArtifactError(MANIFEST, `byte ${found[at]} at ${at}`, `${wanted[at]}`);
}

function readItems(bytes: Uint8Array<ArrayBuffer>, { items: count, tableRows }: Manifest): ItemIndex {
  const file = FILES.items;
  const tensors = readSafetensors(file, bytes);
  const counts = takeTensor(file, tensors, 'counts', 'U8', [count]);
  const rung = takeTensor(file, tensors, 'rung', 'U8', [count]);
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    if (counts[i]! < 1 || counts[i]! > MAX_ROWS)
      throw new ArtifactError(file, `${counts[i]} rows of item ${i}`, `1 to ${MAX_ROWS}`);
    if (rung[i]! >= RUNGS.length)
      throw new ArtifactError(file, `rung ${rung[i]} of item ${i}`, `0 to ${RUNGS.length - 1}`);
    offsets[i + 1] = offsets[i]! + counts[i]!;
  }
  const rows = takeTensor(file, tensors, 'rows', formatBelow(tableRows), [offsets[count]!]);
  const outside = rows.findIndex((row) => row >= tableRows);
  if (outside >= 0) throw new ArtifactError(file, `row ${rows[outside]}`, `rows below ${tableRows}`);
  const live = takeTensor(file, tensors, 'live', 'U8', [count, LIVE_HALF_LIVES.length]);
  // Copies leave the file's own memory free.
  return { count, offsets, rows: rows.slice(), rung: rung.slice(), live: live.slice() };
}
