import { SHORT_ITEMS } from '../edges.ts';
import { LIVE_HALF_LIVES } from '../live.ts';
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
  manifestDigest,
} from './manifest.ts';
import { writeSafetensors } from './safetensors.ts';
import { sha256 } from './sha256.ts';

/** What the trainer says of an artifact; sizes and digests are filled in by the writer. */
export type ManifestDraft = Omit<
  Manifest,
  'format' | 'version' | 'hash' | 'id' | 'tableRows' | 'dim' | 'items' | 'files' | 'sha256'
>;

/**
 * The files of an artifact, by name; the manifest comes last. The same content gives the same bytes.
 */
export async function writeArtifact(
  draft: ManifestDraft,
  { tables, edges, index, catalogue }: Omit<Artifact, 'manifest'>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { rows, dim } = tables;
  const matchScale = tables.match.reduce((largest, value) => Math.max(largest, value), 0) / 255;
  const files = new Map([
    [
      FILES.tables,
      writeSafetensors({
        context: { shape: [rows, dim], data: tables.context },
        contextScale: { shape: [rows], data: tables.contextScale },
        item: { shape: [rows, dim], data: tables.item },
        itemScale: { shape: [rows], data: tables.itemScale },
        match: {
          shape: [rows],
          data: Uint8Array.from(tables.match, (value) => (matchScale > 0 ? value / matchScale : 0)),
        },
        matchScale: { shape: [1], data: Float32Array.of(matchScale) },
      }),
    ],
    [
      FILES.items,
      writeSafetensors({
        rows: { shape: [index.rows.length], data: index.rows },
        counts: { shape: [index.count], data: widths(index.offsets) },
        rung: { shape: [index.count], data: index.rung },
        live: { shape: [index.count, LIVE_HALF_LIVES.length], data: index.live },
      }),
    ],
    [
      FILES.edges,
      writeSafetensors({
        to: {
          shape: [edges.to.length],
          data: index.count <= SHORT_ITEMS ? Uint16Array.from(edges.to) : edges.to,
        },
        weight: { shape: [edges.weight.length], data: edges.weight },
        counts: { shape: [index.count], data: widths(edges.start) },
        scale: { shape: [index.count], data: edges.scale },
      }),
    ],
    [FILES.catalogue, new TextEncoder().encode(writeCatalogue(catalogue))],
  ]);

  const digests: Record<string, { bytes: number; sha256: string }> = {};
  for (const [name, bytes] of files) digests[name] = { bytes: bytes.length, sha256: await sha256(bytes) };
  const unsigned = {
    format: FORMAT,
    version: FORMAT_VERSION,
    hash: HASH,
    tableRows: rows,
    dim,
    items: index.count,
    ...draft,
    files: digests,
  };
  const id = (await manifestDigest(unsigned)).slice(0, 16);
  const manifest = { ...unsigned, id };
  const signed = { ...manifest, sha256: await manifestDigest(manifest) };
  return new Map([...files, [MANIFEST, manifestBytes(signed)]]);
}

/** How many entries stand between each offset and the next. */
function widths(offsets: Uint32Array): Uint8Array {
  return Uint8Array.from({ length: offsets.length - 1 }, (_, i) => offsets[i + 1]! - offsets[i]!);
}
