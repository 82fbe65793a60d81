/** Most edges that leave an item. */
export const MAX_EDGES = 64;

/**
 * Item-to-item edges, by the item that they leave: what is taken together, or next. Item j has the edges start[j] to
 * start[j + 1] - 1, at most `MAX_EDGES` of them, in ascending order of the items that they reach.
 */
export interface Edges {
  /** items + 1. */
  readonly start: Uint32Array;
  /** The items that the edges reach; never the item that they leave. */
  readonly to: Uint16Array | Uint32Array;
  /** Weight of an edge in steps of its item's scale. */
  readonly weight: Int8Array;
  /** items; what one step is worth, >= 0. */
  readonly scale: Float32Array;
}

/** Calls `each` with every item that an edge of item j reaches, and the edge's weight. */
export function eachEdge(edges: Edges, j: number, each: (item: number, weight: number) => void): void {
  const { start, to, weight, scale } = edges;
  if (j >= scale.length) return;
  for (let k = start[j]!; k < start[j + 1]!; k++) each(to[k]!, weight[k]! * scale[j]!);
}
