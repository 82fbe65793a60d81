import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What a file of LMDB says of itself: where its trees begin, as of its latest transaction. */
interface Meta {
  readonly transaction: number;
  readonly pageBytes: number;
  readonly lastPage: number;
  readonly trees: readonly { readonly depth: number; readonly root: number }[];
}

interface Node {
  readonly at: number;
  readonly flags: number;
  readonly keyBytes: number;
  /** Bytes of the value, or the page below. */
  readonly low: number;
}

/** The format of LMDB as lmdb-js writes it, version 2, in numbers of the machine's order, which is little-endian wherever Node runs. */
const MAGIC = 0xbe_ef_c0_de;
const HEADER = 24;
const META_BYTES = 160;
const TREE_BYTES = 48;
const NODE_BYTES = 8;
const OVERFLOW_BYTES = 24;
const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
/** Of a node: its value has pages of its own. */
const BIG = 1;
const NO_PAGE = -1;
/** Pages that are looked at in one turn of the event loop. */
const SLICE = 1024;
/** How often a file is looked at that others write to meanwhile. */
const TRIES = 3;

/**
 * Looks at every page that a file of LMDB has in use. LMDB itself trusts what it reads, and a wrong number in a page makes it read outside
 * of it, which ends the process.
 *
 * @returns what is wrong, undefined where nothing is
 * @throws where the file cannot be read
 */
export async function damageOf(file: string): Promise<string | undefined> {
  const handle = openSync(file, 'r');
  try {
    for (let tries = 1; ; tries++) {
      const before = metaOf(handle);
      if (typeof before === 'string') return before;
      const damage = await damageAsOf(handle, before);
      if (damage === undefined) return undefined;
      const after = metaOf(handle);
      const isSame = typeof after === 'object' && after.transaction === before.transaction;
      // Pages that a later transaction took were free by then: somebody writes to the file, and can read it.
      if (isSame || typeof after === 'string') return damage;
      if (tries === TRIES) return undefined;
    }
  } finally {
    closeSync(handle);
  }
}

/** The later one of the two pages that say where everything is; a text where one makes no sense. */
function metaOf(handle: number): Meta | string {
  const size = fstatSync(handle).size;
  const first = Buffer.alloc(HEADER + META_BYTES);
  const pageBytes =
    readSync(handle, first, 0, first.length, 0) < first.length ? 0 : first.readUInt32LE(HEADER + 24);
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0)
    return `its first page says that a page has ${pageBytes} bytes`;
  if (size < 2 * pageBytes) return `it ends after ${size} bytes`;
  const metas: Meta[] = [];
  for (const page of [0, 1]) {
    const bytes = Buffer.alloc(HEADER + META_BYTES);
    readSync(handle, bytes, 0, bytes.length, page * pageBytes);
    const meta = bytes.subarray(HEADER);
    const [magic, version] = [meta.readUInt32LE(0), meta.readUInt32LE(4)];
    if (magic !== MAGIC || version !== 2) return `page ${page} is none that LMDB begins with`;
    const tree = (at: number): Meta['trees'][number] => ({
      depth: meta.readUInt16LE(at + 6),
      root: pageNumber(meta, at + 40),
    });
    metas.push({
      transaction: number(meta, 24 + 2 * TREE_BYTES + 8),
      pageBytes,
      lastPage: number(meta, 24 + 2 * TREE_BYTES),
      trees: [tree(24), tree(24 + TREE_BYTES)],
    });
  }
  return metas[0]!.transaction > metas[1]!.transaction ? metas[0]! : metas[1]!;
}

async function damageAsOf(handle: number, meta: Meta): Promise<string | undefined> {
  const { pageBytes, lastPage, transaction } = meta;
  const pages = Math.min(lastPage + 1, Math.floor(fstatSync(handle).size / pageBytes));
  const room = pageBytes - HEADER;
  const seen = new Uint8Array(pages);
  const bytes = Buffer.alloc(pageBytes);
  let looked = 0;

  /** Marks pages as used; says why they cannot be. */
  const take = (first: number, count: number): string | undefined => {
    if (first < 2 || first + count > lastPage + 1) return `page ${first} is none that the file can have`;
    if (first + count > pages) return `it ends before its page ${first + count - 1}`;
    for (let page = first; page < first + count; page++) {
      if (seen[page] === 1) return `its page ${page} has two owners`;
      seen[page] = 1;
    }
    return undefined;
  };
  const read = (page: number, length: number): void =>
    void readSync(handle, bytes, 0, length, page * pageBytes);
  const hasHeader = (page: number, flags: number): boolean =>
    number(bytes, 0) === page && number(bytes, 8) <= transaction && (bytes.readUInt16LE(18) & 7) === flags;

  /** Pages below a page, as `[page, levels below it]`; a text where it is damaged. */
  const below = (page: number, levels: number): [number, number][] | string => {
    const taken = take(page, 1);
    if (taken !== undefined) return taken;
    read(page, pageBytes);
    const isLeaf = levels === 0;
    const [lower, upper] = [bytes.readUInt16LE(20), bytes.readUInt16LE(22)];
    const wrong = `its page ${page} is damaged`;
    if (!hasHeader(page, isLeaf ? LEAF : BRANCH) || lower > upper || upper > room || lower === 0)
      return wrong;
    const nodes: Node[] = [];
    for (let k = 0; k < lower >> 1; k++) {
      const pointer = bytes.readUInt16LE(HEADER + 2 * k);
      const at = HEADER + pointer;
      if (pointer < upper || pointer + NODE_BYTES > room) return wrong;
      const [flags, keyBytes] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
      const low = bytes.readUInt32LE(at);
      const valueBytes = isLeaf ? (flags & BIG ? OVERFLOW_BYTES : low) : 0;
      if (pointer + NODE_BYTES + keyBytes + valueBytes > room) return wrong;
      nodes.push({ at, flags, keyBytes, low });
    }
    if (!isLeaf) return nodes.map(({ low, flags }) => [low + flags * 2 ** 32, levels - 1]);
    const big = nodes
      .filter(({ flags }) => (flags & BIG) !== 0)
      .map(({ at, keyBytes, low }): [first: number, count: number, length: number] => {
        const value = at + NODE_BYTES + keyBytes;
        return [number(bytes, value), number(bytes, value + 16), low];
      });
    for (const [first, count, length] of big) {
      const own = take(first, count);
      if (own !== undefined) return own;
      read(first, HEADER);
      if (
        !hasHeader(first, OVERFLOW) ||
        bytes.readUInt32LE(20) !== count ||
        HEADER + length > count * pageBytes
      )
        return `its page ${first} is damaged`;
    }
    return [];
  };

  const waiting = meta.trees.flatMap(({ root, depth }): [number, number][] =>
    root === NO_PAGE ? [] : [[root, depth - 1]],
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++looked % SLICE === 0) await nextTurn();
    const found = below(...next);
    if (typeof found === 'string') return found;
    waiting.push(...found);
  }
  return undefined;
}

/** A number of eight bytes; one that no file can have is not exact. */
function number(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

function pageNumber(bytes: Buffer, at: number): number {
  return bytes.readBigInt64LE(at) === -1n ? NO_PAGE : number(bytes, at);
}
