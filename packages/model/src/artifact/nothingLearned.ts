import type { Learned } from './Artifact.ts';
import type { Manifest } from './manifest.ts';

/** The least width of a row. */
const DIM = 4;

/** What stands in for what was learned until it is there: every row of zeros, and no edges. */
export function nothingLearned({ tableRows: rows }: Manifest): Learned {
  const int8 = new Int8Array(rows * DIM);
  const zeros = new Float32Array(rows);
  return {
    tables: {
      ...{ rows, dim: DIM },
      ...{ context: int8, contextScale: zeros },
      ...{ item: int8, itemScale: zeros },
      match: zeros,
    },
    edges: {
      start: new Uint32Array(1),
      to: new Uint32Array(),
      weight: new Int8Array(),
      scale: new Float32Array(),
    },
  };
}
