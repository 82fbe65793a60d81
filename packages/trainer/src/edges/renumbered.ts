import type { Edges } from '@evershelf/model';

/** Edges among items under other numbers: item k becomes numbers[k], of `count`. */
export function renumbered(edges: Edges, numbers: Uint32Array, count: number): Edges {
  const own = new Int32Array(count).fill(-1);
  numbers.forEach((number, k) => (own[number] = k));
  const start = new Uint32Array(count + 1);
  const to = new Uint32Array(edges.to.length);
  const weight = new Int8Array(edges.to.length);
  const scale = new Float32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const k = own[i]!;
    if (k >= 0) {
      scale[i] = edges.scale[k]!;
      const order = Array.from(
        { length: edges.start[k + 1]! - edges.start[k]! },
        (_, n) => edges.start[k]! + n,
      );
      order.sort((a, b) => numbers[edges.to[a]!]! - numbers[edges.to[b]!]!);
      for (const edge of order) {
        to[at] = numbers[edges.to[edge]!]!;
        weight[at++] = edges.weight[edge]!;
      }
    }
    start[i + 1] = at;
  }
  return { start, to, weight, scale };
}
