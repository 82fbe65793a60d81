import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Keys whose pages cannot be read, in the order of their bytes. */
export interface LostKeys {
  /** The first of them, undefined where none is before. */
  readonly from: Buffer | undefined;
  /** The first one of the page before, from which a cursor goes on to them. */
  readonly before: Buffer | undefined;
  /** The first that can be read again, undefined where none is behind. */
  readonly to: Buffer | undefined;
}

export interface Damage {
  /** What is wrong, of all of it what was found first. */
  readonly what: string;
  /** Empty where only what LMDB writes by is damaged. */
  readonly lost: readonly LostKeys[];
}

/** What a file of LMDB says of itself: where its trees begin, as of its latest transaction. */
interface Meta {
  readonly transaction: number;
  readonly pageBytes: number;
  readonly lastPage: number;
  readonly trees: readonly { readonly depth: number; readonly root: number }[];
}

/** A page, how many levels are below it, and between which keys all of it lies. */
interface Subtree extends Pick<LostKeys, 'from' | 'to'> {
  readonly page: number;
  readonly levels: number;
}

interface Node {
  readonly at: number;
  readonly flags: number;
  readonly key: Buffer;
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
const ALL: LostKeys = { from: undefined, before: undefined, to: undefined };
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
export async function damageOf(file: string): Promise<Damage | undefined> {
  const handle = openSync(file, 'r');
  try {
    for (let tries = 1; ; tries++) {
      const before = metaOf(handle);
      if (typeof before === 'string') return { what: before, lost: [ALL] };
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

async function damageAsOf(handle: number, meta: Meta): Promise<Damage | undefined> {
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

  /** Pages below a page, none below a leaf; a text where it is damaged. */
  const below = ({ page, levels, from, to }: Subtree): Subtree[] | string => {
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
      if (isLeaf && (flags & ~BIG) !== 0) return wrong;
      const key = Buffer.from(bytes.subarray(at + NODE_BYTES, at + NODE_BYTES + keyBytes));
      nodes.push({ at, flags, key, low });
    }
    if (!isLeaf)
      return nodes.map(({ low, flags, key }, k) => ({
        page: low + flags * 2 ** 32,
        levels: levels - 1,
        // The first key of a branch is not looked at.
        from: k === 0 ? from : key,
        to: nodes[k + 1]?.key ?? to,
      }));
    const big = nodes
      .filter(({ flags }) => (flags & BIG) !== 0)
      .map(({ at, key, low }): [first: number, count: number, length: number] => {
        const value = at + NODE_BYTES + key.length;
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

  let what: string | undefined;
  const lost: LostKeys[] = [];
  for (const [tree, { root, depth }] of meta.trees.entries()) {
    const waiting: Subtree[] =
      root === NO_PAGE ? [] : [{ page: root, levels: depth - 1, from: undefined, to: undefined }];
    let before: Buffer | undefined;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (++looked % SLICE === 0) await nextTurn();
      const found = below(next);
      if (typeof found === 'string') {
        what ??= found;
        // The first tree is of free pages: who only reads does without.
        if (tree > 0) lost.push({ from: next.from, before, to: next.to });
      } else if (next.levels === 0) before = next.from;
      // In the order of their keys.
      else waiting.push(...found.reverse());
    }
  }
  return what === undefined ? undefined : { what, lost };
}

/** A number of eight bytes; one that no file can have is not exact. */
function number(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

function pageNumber(bytes: Buffer, at: number): number {
  return bytes.readBigInt64LE(at) === -1n ? NO_PAGE : number(bytes, at);
}
