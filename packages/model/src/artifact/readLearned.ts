import type { Tables } from '../tables.ts';
import type { Learned } from './Artifact.ts';
import { ArtifactError } from './ArtifactError.ts';
import { checkedFile, type ReadFile } from './checkedFile.ts';
import { FILES, type Manifest } from './manifest.ts';
import { readEdges } from './readEdges.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';

/**
 * The second stage of `readArtifact`: what training learned.
 *
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function readLearned(read: ReadFile, manifest: Manifest): Promise<Learned> {
  const [tables, edges] = await Promise.all(
    [FILES.tables, FILES.edges].map((name) => checkedFile(name, manifest, read)),
  );
  return { tables: readTables(tables!, manifest), edges: readEdges(FILES.edges, edges!, manifest) };
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
