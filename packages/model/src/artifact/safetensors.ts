import { shown } from '../shown.ts';
import { ArtifactError } from './ArtifactError.ts';
import { jsonOf } from './jsonOf.ts';

/** The number formats that an artifact uses, by their names in safetensors. */
const FORMATS = {
  I8: Int8Array,
  U8: Uint8Array,
  U16: Uint16Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
} as const;
type Format = keyof typeof FORMATS;
export type TensorData = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** Numbers of a file, with the format that it says they have. */
export interface ReadTensor extends Tensor {
  readonly dtype: Format;
}

/** Bytes in front of the header: its length as a little-endian 64-bit number. */
const LENGTH_BYTES = 8;
/** Tensors start at multiples of this, so that views need no copy. */
const ALIGN = 8;

/**
 * Writes tensors in the safetensors format (https://huggingface.co/docs/safetensors), in the order given; the same
 * tensors give the same bytes.
 */
export function writeSafetensors(tensors: Readonly<Record<string, Tensor>>): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  let end = 0;
  const entries = Object.entries(tensors);
  for (const [name, { shape, data }] of entries) {
    header[name] = { dtype: formatOf(data), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
    const gap = -end & (ALIGN - 1);
    if (gap > 0) header[`${name}.pad`] = { dtype: 'U8', shape: [gap], data_offsets: [end, end + gap] };
    end += gap;
  }
  let json = JSON.stringify(header);
  json += ' '.repeat(-json.length & (ALIGN - 1));
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + text.length;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength + (-data.byteLength & (ALIGN - 1));
  }
  return bytes;
}

function formatOf(data: TensorData): Format {
  return (Object.keys(FORMATS) as Format[]).find((format) => data instanceof FORMATS[format])!;
}

/**
 * Reads tensors as views into `bytes` (a copy is made only where `bytes` itself is not aligned).
 *
 * @param file for errors
 * @throws {ArtifactError} where header, formats, shapes or offsets do not fit the file
 */
export function readSafetensors(file: string, bytes: Uint8Array<ArrayBuffer>): Map<string, ReadTensor> {
  const aligned = bytes.byteOffset % ALIGN > 0 ? bytes.slice() : bytes;
  const room = aligned.length - LENGTH_BYTES;
  const headerBytes =
    room < 0 ? NaN : Number(new DataView(aligned.buffer, aligned.byteOffset).getBigUint64(0, true));
  if (!(headerBytes <= room))
    throw new ArtifactError(file, `a header of ${headerBytes} bytes`, `at most ${room}`);
  const start = LENGTH_BYTES + headerBytes;
  const header = Object(jsonOf(file, aligned.subarray(LENGTH_BYTES, start))) as Record<string, unknown>;
  const tensors = new Map<string, ReadTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = tensorAt(aligned, start, entry);
    if (tensor === undefined)
      throw new ArtifactError(
        file,
        `tensor ${name} as ${shown(entry)}`,
        `numbers within ${aligned.length} bytes`,
      );
    tensors.set(name, tensor);
  }
  return tensors;
}

/** The numbers that an entry of the header names; undefined where they cannot be there. */
function tensorAt(bytes: Uint8Array<ArrayBuffer>, start: number, entry: unknown): ReadTensor | undefined {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!Object.keys(FORMATS).includes(dtype as string) || !isSizes(shape) || !isSizes(offsets))
    return undefined;
  const Numbers = FORMATS[dtype as Format];
  const [from = NaN, to] = offsets;
  const at = bytes.byteOffset + start + from;
  const length = shape.reduce((product, side) => product * side, 1);
  const isThere =
    to === from + length * Numbers.BYTES_PER_ELEMENT &&
    start + to <= bytes.length &&
    at % Numbers.BYTES_PER_ELEMENT === 0;
  return isThere ? { dtype: dtype as Format, shape, data: new Numbers(bytes.buffer, at, length) } : undefined;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

/**
 * A tensor by name, with the format and shape that the reader counts on.
 *
 * @param formats one, or those that it may have
 * @param shape absent where it is as long as it is
 * @throws {ArtifactError} where it is missing or differs
 */
export function takeTensor<T extends Format>(
  file: string,
  tensors: ReadonlyMap<string, ReadTensor>,
  name: string,
  formats: T | readonly T[],
  shape?: readonly number[],
): InstanceType<(typeof FORMATS)[T]> {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new ArtifactError(file, 'no such tensor', name);
  const own = tensor.dtype;
  const found = shown(tensor.shape);
  const wanted = shape === undefined ? found : shown(shape);
  if (found !== wanted || ![formats].flat().includes(own as T))
    throw new ArtifactError(file, `${name} as ${own} ${found}`, `${[formats]} ${wanted}`);
  return tensor.data as InstanceType<(typeof FORMATS)[T]>;
}
