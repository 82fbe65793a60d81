import type { Texts } from '@evershelf/model';
import type { Scorable } from '../Engine.ts';
import { sharedItems } from '../sharedItems.ts';
import type { ArrayName, ShopArray, ToWorker } from './messages.ts';

/** Bytes of an array, and ids, that are copied in one go: a fraction of a millisecond. */
const PART = 2 ** 18;
const IDS = 2048;
/** Share of an array that it has room for beyond its numbers: items that come are sent alone. */
const SPARE = 1 / 8;

/** Sends shops to a worker. */
export interface ShopParts {
  /** What the worker has not of a shop, sent part by part as it is asked for. */
  send(shop: Scorable): Generator<void>;
}

/**
 * @param post sends a message, and gives away some of its buffers
 * @param isShared true where page and worker may share memory: arrays are copied once then, and only named in messages
 */
export function shopParts(
  post: (message: ToWorker, transfer?: Transferable[]) => void,
  isShared: boolean,
): ShopParts {
  /** The shop that the worker has all of; absent while another is on its way. */
  let sent: Scorable | undefined;
  const memories = new Map<ArrayName, ShopArray>();

  function* share(name: ArrayName, array: ShopArray, from: number): Generator<void> {
    let memory = from === 0 ? undefined : memories.get(name);
    let at = from;
    if (memory === undefined || memory.length < array.length) {
      const Kind = array.constructor as new (memory: SharedArrayBuffer) => ShopArray;
      memory = new Kind(new SharedArrayBuffer(array.BYTES_PER_ELEMENT * roomFor(array.length)));
      memories.set(name, memory);
      post({ kind: 'memory', name, array: memory });
      at = 0;
    }
    for (let end; at < array.length; at = end) {
      end = Math.min(array.length, at + PART / array.BYTES_PER_ELEMENT);
      memory.set(array.subarray(at, end), at);
      yield;
    }
  }

  function* transfer(name: ArrayName, array: ShopArray, from: number): Generator<void> {
    const room = roomFor(array.length);
    let at = from;
    do {
      const end = Math.min(array.length, at + PART / array.BYTES_PER_ELEMENT);
      const part = array.slice(at, end);
      post({ kind: 'part', name, at, part, room }, [part.buffer]);
      yield;
      at = end;
    } while (at < array.length);
  }

  const give = isShared ? share : transfer;

  return {
    *send(shop) {
      const { tables, index, ids } = shop;
      const before = sent;
      sent = undefined;
      if (before?.tables !== tables) {
        yield* give('item', tables.item, 0);
        yield* give('itemScale', tables.itemScale, 0);
      }
      const known = sharedItems(before, shop);
      if (known < index.count || known === 0) {
        yield* give('offsets', index.offsets, known === 0 ? 0 : known + 1);
        yield* give('rows', index.rows, index.offsets[known]!);
        for (let from = known; from < index.count; from += IDS) {
          post({ kind: 'ids', from, ids: textsFrom(ids, from, Math.min(index.count, from + IDS)) });
          yield;
        }
      }
      const { rows, dim } = tables;
      post({ kind: 'shop', rows, dim, count: index.count, grew: known > 0 });
      sent = shop;
    },
  };
}

function roomFor(length: number): number {
  return length + Math.ceil(length * SPARE);
}

function textsFrom(texts: Texts, from: number, until: number): string[] {
  return Array.from({ length: until - from }, (_, k) => texts.at(from + k)!);
}
