import { type ContextWeights, GAPS } from '../contextWeights.ts';
import { type ItemRows, MAX_ROWS } from '../itemIndex.ts';
import { checkSchema, SchemaError } from '../schema.ts';
import { shown } from '../shown.ts';
import type { Tables } from '../tables.ts';
import type { Learned } from './Artifact.ts';
import { ArtifactError } from './ArtifactError.ts';
import { checkedFile, type ReadFile } from './checkedFile.ts';
import { FILES, HASH, isCount, isNumber, LARGEST, MANIFEST, type Manifest } from './manifest.ts';
import { isScale, readEdges, SCALE } from './readEdges.ts';
import { formatBelow } from './numbersBelow.ts';
import { readSafetensors, takeTensor, type ReadTensor } from './safetensors.ts';

/**
 * The second stage of `readArtifact`: what training learned.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readLearned(read: ReadFile, manifest: Manifest): Promise<Learned> {
  checkManifest(manifest);
  const [tables, edges] = await Promise.all(
    [FILES.tables, FILES.edges].map((name) => checkedFile(name, manifest, read)),
  );
  return { ...readTables(tables!, manifest), edges: readEdges(FILES.edges, edges!, manifest) };
}

/** Checks what of a manifest says how tables, histories and new items are read. */
function checkManifest({ hash, tableRows, dim, edgeDecay, schema, contextWeights }: Manifest): void {
  if (hash !== HASH) throw new ArtifactError(MANIFEST, `hash ${shown(hash)}`, `"${HASH}"`);
  if (!isCount(tableRows, 1 << 24) || !Number.isInteger(Math.log2(tableRows)))
    throw new ArtifactError(MANIFEST, `tableRows ${shown(tableRows)}`, 'a power of two up to 2^24');
  if (!isCount(dim, 1024) || dim % 4 !== 0)
    throw new ArtifactError(MANIFEST, `dim ${shown(dim)}`, 'a multiple of 4 up to 1024');
  if (!isNumber(edgeDecay) || edgeDecay < 0 || edgeDecay > 1)
    throw new ArtifactError(MANIFEST, `edgeDecay ${shown(edgeDecay)}`, 'a number in [0, 1]');
  if (!isContextWeights(contextWeights))
    throw new ArtifactError(
      MANIFEST,
      `contextWeights ${shown(contextWeights)}`,
      `a decay up to 1, ${GAPS.length + 1} gaps, and kinds, each from ${1 / LARGEST} to ${LARGEST}`,
    );
  try {
    checkSchema(schema);
  } catch (error) {
    if (error instanceof SchemaError) throw new ArtifactError(MANIFEST, error.message, 'a schema');
    throw error;
  }
}

function isContextWeights(value: unknown): boolean {
  const { decay, gaps, kinds } = (value ?? {}) as Partial<ContextWeights>;
  const isFactor = (factor: unknown): boolean => isNumber(factor) && factor >= 1 / LARGEST;
  return (
    isFactor(decay) &&
    decay! <= 1 &&
    Array.isArray(gaps) &&
    gaps.length === GAPS.length + 1 &&
    gaps.every(isFactor) &&
    typeof kinds === 'object' &&
    kinds !== null &&
    Object.values(kinds).every(isFactor)
  );
}

function readTables(bytes: Uint8Array<ArrayBuffer>, manifest: Manifest): Omit<Learned, 'edges'> {
  const { tableRows: rows, dim } = manifest;
  const file = FILES.tables;
  const tensors = readSafetensors(file, bytes);
  const scales = (name: string): Float32Array => {
    const values = takeTensor(file, tensors, name, 'F32', [rows]);
    const bad = values.findIndex((value) => !isScale(value));
    if (bad >= 0) throw new ArtifactError(file, `${name} ${values[bad]} of row ${bad}`, SCALE);
    return values.slice();
  };
  const matchScale = takeTensor(file, tensors, 'matchScale', 'F32', [1])[0]!;
  if (!isScale(matchScale)) throw new ArtifactError(file, `matchScale ${matchScale}`, SCALE);
  // Copies, each in a buffer of its own: who has taken one over may let go of it.
  const read: Tables = {
    rows,
    dim,
    context: takeTensor(file, tensors, 'context', 'I8', [rows, dim]).slice(),
    contextScale: scales('contextScale'),
    item: takeTensor(file, tensors, 'item', 'I8', [rows, dim]).slice(),
    itemScale: scales('itemScale'),
    match: Float32Array.from(takeTensor(file, tensors, 'match', 'U8', [rows]), (value) => value * matchScale),
  };
  return { tables: read, rows: readRows(tensors, manifest) };
}

function readRows(tensors: ReadonlyMap<string, ReadTensor>, { items: count, tableRows }: Manifest): ItemRows {
  const file = FILES.tables;
  const counts = takeTensor(file, tensors, 'counts', 'U8', [count]);
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    if (counts[i]! < 1 || counts[i]! > MAX_ROWS)
      throw new ArtifactError(file, `${counts[i]} rows of item ${i}`, `1 to ${MAX_ROWS}`);
    offsets[i + 1] = offsets[i]! + counts[i]!;
  }
  const rows = takeTensor(file, tensors, 'rows', formatBelow(tableRows), [offsets[count]!]);
  const outside = rows.findIndex((row) => row >= tableRows);
  if (outside >= 0) throw new ArtifactError(file, `row ${rows[outside]}`, `rows below ${tableRows}`);
  return { count, offsets, rows: rows.slice() };
}
