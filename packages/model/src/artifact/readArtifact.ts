import { type Edges, MAX_EDGES, SHORT_ITEMS } from '../edges.ts';
import type { ItemIndex } from '../itemIndex.ts';
import { LIVE_HALF_LIVES } from '../live.ts';
import { RUNGS } from '../ladder.ts';
import { MAX_ROWS } from '../rows.ts';
import type { Tables } from '../tables.ts';
import type { Artifact, Learned, Listing } from './Artifact.ts';
import { ArtifactError } from './ArtifactError.ts';
import { readCatalogue } from './catalogue.ts';
import {
  FILES,
  MANIFEST,
  type Manifest,
  manifestBytes,
  manifestDigest,
  PAIRS_FILE,
  parseManifest,
} from './manifest.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';
import { sha256 } from './sha256.ts';

/** Hands over the bytes of a file of the artifact by its name, from wherever it is kept. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Reads and checks an artifact: format, version, sizes, digests, and that every row and rung lies inside its table.
 *
 * @throws {ArtifactError} naming the file, what was found and what was wanted; whatever `read` throws
 */
export async function readArtifact(read: ReadFile): Promise<Artifact> {
  const listing = await readListing(read);
  return { ...listing, ...(await readLearned(read, listing.manifest)) };
}

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
    [FILES.items, FILES.catalogue].map((name) => checked(name, manifest, read)),
  );
  return {
    manifest,
    index: readItems(items!, manifest),
    catalogue: readCatalogue(FILES.catalogue, new TextDecoder().decode(catalogue), manifest.items),
  };
}

/**
 * The second stage of `readArtifact`: what training learned.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readLearned(read: ReadFile, manifest: Manifest): Promise<Learned> {
  const [tables, edges] = await Promise.all(
    [FILES.tables, FILES.edges].map((name) => checked(name, manifest, read)),
  );
  return { tables: readTables(tables!, manifest), edges: readEdges(FILES.edges, edges!, manifest) };
}

/**
 * Reads the pairs of an artifact, which `readArtifact` leaves alone: counts for weights.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readPairs(read: ReadFile, manifest: Manifest): Promise<Edges> {
  return readEdges(PAIRS_FILE, await checked(PAIRS_FILE, manifest, read), manifest);
}

/** The digest covers what the manifest says; a flipped bit may say the same, as in the last digit of a number. */
function checkSpelling(found: Uint8Array, wanted: Uint8Array): void {
  if (found.length !== wanted.length)
    throw new ArtifactError(MANIFEST, `${found.length} bytes`, `${wanted.length}`);
  const at = found.findIndex((byte, k) => byte !== wanted[k]);
  if (at >= 0) throw new ArtifactError(MANIFEST, `byte ${found[at]} at ${at}`, `${wanted[at]}`);
}

async function checked(name: string, manifest: Manifest, read: ReadFile): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = manifest.files[name]!;
  const bytes = await read(name);
  if (bytes.length !== wanted.bytes)
    throw new ArtifactError(name, `${bytes.length} bytes`, `${wanted.bytes}`);
  const found = await sha256(bytes);
  if (found !== wanted.sha256) throw new ArtifactError(name, `SHA-256 ${found}`, wanted.sha256);
  return bytes;
}

function readTables(bytes: Uint8Array<ArrayBuffer>, { tableRows: rows, dim }: Manifest): Tables {
  const file = FILES.tables;
  const tensors = readSafetensors(file, bytes);
  const scales = (name: string): Float32Array => {
    const values = takeTensor(file, tensors, name, 'F32', [rows]);
    const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
    if (bad >= 0) throw new ArtifactError(file, `${name} ${values[bad]} of row ${bad}`, 'a number >= 0');
    return values;
  };
  const matchScale = takeTensor(file, tensors, 'matchScale', 'F32', [1])[0]!;
  if (!(matchScale >= 0 && matchScale < Infinity))
    throw new ArtifactError(file, `matchScale ${matchScale}`, 'a number >= 0');
  return {
    rows,
    dim,
    context: takeTensor(file, tensors, 'context', 'I8', [rows, dim]),
    contextScale: scales('contextScale'),
    item: takeTensor(file, tensors, 'item', 'I8', [rows, dim]),
    itemScale: scales('itemScale'),
    match: Float32Array.from(takeTensor(file, tensors, 'match', 'U8', [rows]), (value) => value * matchScale),
  };
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
  const rows = takeTensor(file, tensors, 'rows', 'U32', [offsets[count]!]);
  const outside = rows.findIndex((row) => row >= tableRows);
  if (outside >= 0) throw new ArtifactError(file, `row ${rows[outside]}`, `rows below ${tableRows}`);
  return {
    count,
    offsets,
    rows,
    rung,
    live: takeTensor(file, tensors, 'live', 'U8', [count, LIVE_HALF_LIVES.length]),
  };
}

function readEdges(file: string, bytes: Uint8Array<ArrayBuffer>, { items: count }: Manifest): Edges {
  const tensors = readSafetensors(file, bytes);
  const counts = takeTensor(file, tensors, 'counts', 'U8', [count]);
  const scale = takeTensor(file, tensors, 'scale', 'F32', [count]);
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    if (counts[i]! > MAX_EDGES)
      throw new ArtifactError(file, `${counts[i]} edges of item ${i}`, `at most ${MAX_EDGES}`);
    if (!(scale[i]! >= 0 && scale[i]! < Infinity))
      throw new ArtifactError(file, `scale ${scale[i]} of item ${i}`, 'a number >= 0');
    start[i + 1] = start[i]! + counts[i]!;
  }
  const format = count <= SHORT_ITEMS ? 'U16' : 'U32';
  const to = Uint32Array.from(takeTensor(file, tensors, 'to', format, [start[count]!]));
  const outside = to.findIndex((item) => item >= count);
  if (outside >= 0) throw new ArtifactError(file, `an edge to item ${to[outside]}`, `items below ${count}`);
  return { start, to, weight: takeTensor(file, tensors, 'weight', 'I8', [start[count]!]), scale };
}
