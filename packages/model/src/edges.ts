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

/** Edges as scoring reads them. */
export interface EdgeLists {
  /** How many items there are that edges may leave. */
  readonly items: number;
  /** Calls `take` with every item that an edge of item j reaches, in ascending order, and the edge's weight. */
  each(j: number, take: (item: number, weight: number) => void): void;
}

/** Edges that lie in arrays as those who score read them. */
export function edgeLists({ start, to, weight, scale }: Edges): EdgeLists {
  return {
    items: scale.length,
    each(j, take) {
      if (j >= scale.length) return;
      for (let k = start[j]!; k < start[j + 1]!; k++) take(to[k]!, weight[k]! * scale[j]!);
    },
  };
}
