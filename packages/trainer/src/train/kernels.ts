import { KERNEL_CODE } from './kernelCode.ts';

/** The functions of kernels.wat; addresses, `row` and `bytes` are in bytes, `n` counts rows. */
export interface Kernels {
  gather(table: number, rows: number, weights: number, n: number, row: number, out: number): void;
  scatter(table: number, rows: number, weights: number, n: number, row: number, vector: number): void;
  dots(vectors: number, vector: number, n: number, row: number, out: number): void;
  pull(
    vectors: number,
    gradients: number,
    pulls: number,
    least: number,
    n: number,
    row: number,
    vector: number,
    sum: number,
  ): void;
  adagrad(
    weights: number,
    gradient: number,
    squares: number,
    rows: number,
    n: number,
    row: number,
    rate: number,
    epsilon: number,
  ): void;
  bucketDots(int8: number, scales: number, vector: number, n: number, row: number, out: number): void;
}

/** An array in the memory of the kernels, and its address. */
export interface KernelArray<T> {
  readonly at: number;
  readonly values: T;
}

interface ArrayKind {
  new (buffer: ArrayBuffer, from: number, length: number): ArrayLike<number>;
  readonly BYTES_PER_ELEMENT: number;
}
type Layout = Readonly<Record<string, readonly [kind: ArrayKind, length: number]>>;

const PAGE = 65_536;
/** Arrays begin at multiples of this. */
const ALIGNED = 16;

/**
 * The kernels beside the arrays that they work on, all zero.
 *
 * @throws {RangeError} where the arrays take more than the 4 GB that WebAssembly has
 */
export function openKernels<L extends Layout>(
  layout: L,
): { run: Kernels; arrays: { readonly [K in keyof L]: KernelArray<InstanceType<L[K][0]>> } } {
  const sizes = Object.values(layout).map(
    ([kind, length]) => Math.ceil((kind.BYTES_PER_ELEMENT * length) / ALIGNED) * ALIGNED,
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > 2 ** 32)
    throw new RangeError(
      `tables: found ${(bytes / 2 ** 30).toFixed(1)} GB, wanted at most 4; take fewer --rows or a smaller --dim`,
    );
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) });
  const module = new WebAssembly.Module(Buffer.from(KERNEL_CODE, 'hex'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  let end = 0;
  const arrays = Object.entries(layout).map(([name, [kind, length]], k) => {
    const at = end;
    end += sizes[k]!;
    return [name, { at, values: new kind(memory.buffer, at, length) }];
  });
  return { run: exports as unknown as Kernels, arrays: Object.fromEntries(arrays) };
}
