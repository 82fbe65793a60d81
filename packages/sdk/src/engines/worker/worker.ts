import type { ItemRows, ItemTable } from '@evershelf/model';
import { cpuEngine } from '../cpu/cpuEngine.ts';
import type { ArrayName, FromWorker, ShopArray, ToWorker } from './messages.ts';

/** The CPU engine off the page's thread, with a shop of its own that the page sends. */
const engine = cpuEngine();
const arrays = new Map<ArrayName, ShopArray>();
const priors = new Map<number, Float32Array>();
const ids: string[] = [];
let tables: ItemTable | undefined;
let lineage = {};
/** One message after the other, also where an answer takes its time. */
let turn = Promise.resolve();

const post = (message: FromWorker, transfer: Transferable[] = []): void => postMessage(message, { transfer });

const arrayOf = <T extends ShopArray>(name: ArrayName): T => arrays.get(name) as T;

const take = async (message: ToWorker): Promise<void> => {
  switch (message.kind) {
    case 'memory':
      arrays.set(message.name, message.array);
      break;
    case 'part':
      takePart(message);
      break;
    case 'ids':
      ids.length = message.from;
      for (const id of message.ids) ids.push(id);
      break;
    case 'shop':
      takeShop(message);
      break;
    case 'ask':
      await answer(message);
  }
};

const takePart = ({ name, at, part, room }: Extract<ToWorker, { kind: 'part' }>): void => {
  const before = at === 0 ? undefined : arrayOf(name);
  const fits = before !== undefined && before.length >= at + part.length;
  const array = fits ? before : new (part.constructor as new (length: number) => ShopArray)(room);
  if (!fits && before !== undefined) array.set(before);
  array.set(part, at);
  arrays.set(name, array);
};

const takeShop = ({ rows, dim, count, grew }: Extract<ToWorker, { kind: 'shop' }>): void => {
  const [item, itemScale] = [arrayOf<Int8Array>('item'), arrayOf<Float32Array>('itemScale')];
  if (tables?.item !== item || tables.itemScale !== itemScale) tables = { item, itemScale, rows, dim };
  if (!grew) lineage = {};
  const offsets = arrayOf<Uint32Array>('offsets').subarray(0, count + 1);
  const index = { count, offsets, rows: arrayOf<ItemRows['rows']>('rows').subarray(0, offsets[count]) };
  engine.load({ tables, index, ids, lineage });
};

const answer = async (message: Extract<ToWorker, { kind: 'ask' }>): Promise<void> => {
  const { number, asks } = message;
  for (const old of message.forget) priors.delete(old);
  for (const [key, prior] of message.priors) priors.set(key, prior);
  try {
    const began = performance.now();
    const ranked = await engine.topK(asks.map((ask) => ({ ...ask, prior: priors.get(ask.prior)! })));
    const milliseconds = performance.now() - began;
    const buffers = ranked.flatMap(({ items, scores }) => [items.buffer, scores.buffer]);
    post({ kind: 'answer', number, ranked, milliseconds }, [...new Set(buffers)] as ArrayBuffer[]);
  } catch (error) {
    post({ kind: 'failure', number, message: (error as Error).message });
  }
};

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  // The page hears of it, and does without this worker.
  turn = turn.then(() => take(data)).catch(reportError);
});
post({ kind: 'ready' });
