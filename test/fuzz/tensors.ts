import * as fc from 'fast-check';
import { editedBytes, editedJson } from './arbitraries.ts';
import { bytesOf, jsonOf } from './texts.ts';

/** A file of tensors whose header, or numbers, are others: sizes, offsets, formats and shapes, as well as what they point at. */
export function editedTensors(file: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const body = file.subarray(end);
  const said = fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
  );
  return fc
    .tuple(editedJson(jsonOf(file.subarray(8, end))), fc.oneof(fc.constant(body), editedBytes(body)), said)
    .map(([json, numbers, length]) => {
      const text = JSON.stringify(json) ?? '';
      const header = bytesOf(text + ' '.repeat(-bytesOf(text).length & 7));
      const whole = new Uint8Array(8 + header.length + numbers.length);
      new DataView(whole.buffer).setBigUint64(0, length ?? BigInt(header.length), true);
      whole.set(header, 8);
      whole.set(numbers, 8 + header.length);
      return whole;
    });
}
