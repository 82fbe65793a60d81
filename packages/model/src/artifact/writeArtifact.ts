import type { Edges } from '../edges.ts';
import { LIVE_HALF_LIVES } from '../live.ts';
import { quantiseMatch } from '../tables.ts';
import type { Artifact } from './Artifact.ts';
import { writeCatalogue } from './catalogue.ts';
import {
  FILES,
  FORMAT,
  FORMAT_VERSION,
  HASH,
  type Manifest,
  MANIFEST,
  manifestBytes,
  PAIRS_FILE,
} from './manifest.ts';
import { numbersBelow } from './numbersBelow.ts';
import { writeSafetensors } from './safetensors.ts';
import { sha256 } from './sha256.ts';
import { writeEdges } from './writeEdges.ts';
import { widths } from './widths.ts';

/** What the trainer says of an artifact; sizes and digests are filled in by the writer. */
export type ManifestDraft = Omit<
  Manifest,
  'format' | 'version' | 'hash' | 'id' | 'tableRows' | 'dim' | 'items' | 'files' | 'sha256'
>;

/** An artifact's content; the weights of its pairs are counts. */
export type ArtifactParts = Omit<Artifact, 'manifest' | 'edges'> & {
  readonly edges: Edges;
  readonly pairs: Edges;
};

/**
 * The files of an artifact, by name; the manifest comes last. The same content gives the same bytes.
 */
export async function writeArtifact(
  draft: ManifestDraft,
  { tables, edges, pairs, index, catalogue }: ArtifactParts,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { rows, dim } = tables;
  const match = quantiseMatch(tables.match);
  const files = new Map([
    [
      FILES.tables,
      writeSafetensors({
        rows: { shape: [index.rows.length], data: numbersBelow(rows, index.rows) },
        counts: { shape: [index.count], data: widths(index.offsets) },
        context: { shape: [rows, dim], data: tables.context },
        contextScale: { shape: [rows], data: tables.contextScale },
        item: { shape: [rows, dim], data: tables.item },
        itemScale: { shape: [rows], data: tables.itemScale },
        match: { shape: [rows], data: match.steps },
        matchScale: { shape: [1], data: Float32Array.of(match.scale) },
      }),
    ],
    [
      FILES.items,
      writeSafetensors({
        rung: { shape: [index.count], data: index.rung },
        live: { shape: [index.count, LIVE_HALF_LIVES.length], data: index.live },
      }),
    ],
    [FILES.edges, writeEdges(edges)],
    [PAIRS_FILE, writeEdges(pairs)],
    [FILES.catalogue, writeCatalogue(catalogue)],
  ]);

  const digests: Record<string, { bytes: number; sha256: string }> = {};
  for (const [name, bytes] of files) digests[name] = { bytes: bytes.length, sha256: await sha256(bytes) };
  const content = {
    format: FORMAT,
    version: FORMAT_VERSION,
    hash: HASH,
    tableRows: rows,
    dim,
    items: index.count,
    ...draft,
    files: digests,
  };
  const id = (await sha256(new TextEncoder().encode(JSON.stringify(content)))).slice(0, 16);
  return new Map([...files, [MANIFEST, await manifestBytes({ ...content, id })]]);
}
