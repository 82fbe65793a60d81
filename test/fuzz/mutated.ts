import { edited } from './arbitraries.ts';
import { HOSTILE } from './hostile.ts';
import { bytesOf, jsonOf } from './texts.ts';

/** A whole number below `end`. */
export type Below = (end: number) => number;

const SPECIAL = [0, 1, 2, 4, 8, 15, 16, 17, 31, 32, 63, 64, 65, 100, 127, 128, 129, 253, 254, 255];

/** An input with one to eight changes: of its bytes, of its parts where it is JSON, or with a part of another input. */
export function mutated(input: Uint8Array, other: Uint8Array, most: number, below: Below): Uint8Array {
  const json = below(3) > 0 ? jsonOf(input) : undefined;
  if (json !== undefined && input.length < 20_000) return mutatedJson(json, other, most, below);
  let bytes = Uint8Array.from(input);
  for (let left = 1 + below(4); left > 0; left--) bytes = changed(bytes, other, below);
  return bytes.subarray(0, most);
}

function mutatedJson(json: unknown, other: Uint8Array, most: number, below: Below): Uint8Array {
  let next = json;
  for (let left = 1 + below(3); left > 0; left--) {
    const put = below(4) === 0 ? jsonOf(other) : HOSTILE[below(HOSTILE.length)];
    next = edited(next, [below(10_000), below(10), put]);
  }
  const text = bytesOf(JSON.stringify(next) ?? 'null');
  return text.length <= most ? text : bytesOf(JSON.stringify(json));
}

function changed(bytes: Uint8Array<ArrayBuffer>, other: Uint8Array, below: Below): Uint8Array<ArrayBuffer> {
  const at = below(bytes.length + 1);
  const insert = (put: ArrayLike<number>): Uint8Array<ArrayBuffer> => {
    const longer = new Uint8Array(bytes.length + put.length);
    longer.set(bytes.subarray(0, at));
    longer.set(put, at);
    longer.set(bytes.subarray(at), at + put.length);
    return longer;
  };
  const overwrite = (put: ArrayLike<number>): Uint8Array<ArrayBuffer> => {
    bytes.set(Array.from(put).slice(0, bytes.length - at), at);
    return bytes;
  };
  const word = (): Uint8Array => {
    const each = HOSTILE[below(HOSTILE.length)];
    return bytesOf(typeof each === 'string' ? each : (JSON.stringify(each) ?? ''));
  };
  switch (below(10)) {
    case 0:
      return overwrite([below(256)]);
    case 1:
      return overwrite([(bytes[at] ?? 0) ^ (1 << below(8))]);
    case 2:
      return overwrite([SPECIAL[below(SPECIAL.length)]!]);
    case 3: {
      const width = 1 << below(4);
      const fill = [0, 255, 127, 128][below(4)]!;
      return overwrite(Array.from({ length: width }, () => fill));
    }
    case 4:
      return insert([below(256)]);
    case 5:
      return insert(word());
    case 6: {
      const end = Math.min(bytes.length, at + 1 + below(16));
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(end)]);
    }
    case 7: {
      const from = below(other.length + 1);
      return insert(other.subarray(from, from + 1 + below(64)));
    }
    case 8: {
      const from = below(bytes.length + 1);
      return insert(bytes.slice(from, from + 1 + below(32)));
    }
    default: {
      const from = below(other.length + 1);
      return Uint8Array.from([...bytes.subarray(0, at), ...other.subarray(from)]);
    }
  }
}
