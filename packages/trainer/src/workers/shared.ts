type Column = Uint8Array | Int8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A typed array over shared memory, which workers read without a copy; filled with zeros. */
export function sharedArray<T extends Column>(
  kind: { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

/** The same object with its typed arrays, and those of the plain objects in it, over shared memory. */
export function shared<T extends object>(object: T): T {
  return withColumns(object, (column) => {
    if (column.buffer instanceof SharedArrayBuffer) return column;
    const kind = column.constructor as new (buffer: SharedArrayBuffer) => Column;
    const copy = new kind(new SharedArrayBuffer(column.byteLength));
    copy.set(column);
    return copy;
  });
}

/** The same object with copies of its typed arrays over memory of their own. */
export function unshared<T extends object>(object: T): T {
  return withColumns(object, (column) => column.slice());
}

function withColumns<T extends object>(object: T, change: (column: Column) => Column): T {
  const changed = (value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) return change(value as Column);
    const isPlain =
      typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return isPlain ? withColumns(value, change) : value;
  };
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, changed(value)])) as T;
}
