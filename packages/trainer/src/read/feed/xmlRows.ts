import sax, { type QualifiedTag, type SAXParser } from 'sax';
import { InputError } from '../InputError.ts';
import { attributeName, type FeedRow, MOST_VALUES, VALUE_LENGTH } from './FeedRow.ts';

/** The namespace of Merchant Center's attributes; `g` stands for it where a feed forgot to say so. */
const GOOGLE = new Set(['http://base.google.com/ns/1.0', 'g']);
/** Elements that hold one item: of RSS, and of Atom. */
const ITEMS = new Set(['item', 'entry']);
const ROOTS = new Set(['rss', 'feed', 'rdf']);
/** Most elements in each other: a feed has five or so. */
const DEPTH = 64;
/** Most attributes in the start of an element, which sax compares with each other: a feed has a handful. Looked at after so many characters. */
const ATTRIBUTES = 256;
const PIECE = 16_384;
/** Most places where the XML is wrong, in items: each costs some microseconds. */
const FAULTS = 250_000;
/** sax counts lines from 0. */
const FIRST = 1;

/** An attribute of an item that is being read. */
interface Open {
  readonly name: string;
  /** What counts where an attribute comes in several namespaces: Google's before all others. */
  readonly isGoogle: boolean;
  text: string;
  /** The texts of the elements in it. */
  readonly parts: string[];
}

/**
 * The items of a feed in RSS or Atom, one after the other, however long it is. An element in an attribute's element, as in
 * `shipping`, is joined to the others by colons, as a table writes it. An item in which the XML is wrong is broken, the next one
 * is read again; a feed that is no XML between its items, that ends in the middle, or that declares entities is refused.
 *
 * @param name of the feed, for messages
 * @throws {InputError} where the feed as a whole cannot be read
 */
export async function* xmlRows(chunks: AsyncIterable<string>, name: string): AsyncGenerator<FeedRow> {
  const parser = sax.parser(true, { xmlns: true, trim: false }) as Parser;
  const ready: FeedRow[] = [];
  const refuse = (found: string, wanted: string): never => {
    throw new InputError(
      `${name}, line ${(parser.line + FIRST).toLocaleString('en')}: found ${found}, wanted ${wanted}; nothing was taken`,
    );
  };
  let depth = 0;
  let faults = 0;
  let item: Reading | undefined;

  const text = (found: string): void => {
    if (item?.open === undefined) return;
    if (item.inner === undefined) item.open.text = limited(item.open.text + found);
    else item.inner = limited(item.inner + found);
  };
  Object.assign(parser, {
    ontext: text,
    oncdata: text,
    onerror({ message }: Error) {
      const what = message.split('\n')[0]!;
      // It goes on where it is told that there was none.
      Object.assign(parser, { error: null });
      if (what.startsWith('Unbound namespace prefix')) return;
      if (what.startsWith('Unclosed') || what.startsWith('Unexpected end'))
        refuse('the end of the feed', 'all elements closed: it seems cut off');
      if (item === undefined || what.startsWith('Max buffer length'))
        refuse(`no XML (${what})`, 'an RSS or Atom feed');
      if (++faults > FAULTS)
        refuse(`over ${FAULTS.toLocaleString('en')} places where the XML is wrong`, 'an RSS or Atom feed');
      item!.broken ??= describe(what, parser.line + FIRST);
    },
    ondoctype(found: string) {
      if (/\[|ENTITY/i.test(found)) refuse('declarations of a document type', 'a feed without them');
    },
    onopentag({ local, uri, attributes }: QualifiedTag) {
      depth++;
      if (depth > DEPTH) refuse(`elements ${depth} deep`, `at most ${DEPTH}`);
      const tag = local.toLowerCase();
      if (depth === 1 && !ROOTS.has(tag)) refuse(`<${local}>`, '<rss> or <feed>');
      const isItem = ITEMS.has(tag) && !GOOGLE.has(uri);
      if (item === undefined) {
        if (isItem) item = newReading(parser.line + FIRST, depth);
        return;
      }
      if (isItem) refuse(`<${local}> inside the item of line ${item.line}`, `</${local}> before it`);
      if (depth === item.depth + 1) {
        item.open = { name: attributeName(local), isGoogle: GOOGLE.has(uri), text: '', parts: [] };
        const { href, rel } = attributes;
        if (tag === 'link' && href !== undefined && (rel?.value ?? 'alternate') === 'alternate')
          item.open.text = href.value;
      } else if (depth === item.depth + 2 && item.open !== undefined) {
        item.inner = '';
      }
    },
    onclosetag() {
      depth--;
      if (item === undefined) return;
      if (depth === item.depth + 1 && item.inner !== undefined) {
        if (item.open!.parts.length < MOST_VALUES) item.open!.parts.push(item.inner.trim());
        item.inner = undefined;
      } else if (depth === item.depth) {
        if (item.open !== undefined) item.take(item.open);
        item.open = undefined;
      } else if (depth < item.depth) {
        ready.push(item.row());
        item = undefined;
      }
    },
  });

  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PIECE) {
      parser.write(chunk.slice(at, at + PIECE));
      if (parser.attribList.length > ATTRIBUTES)
        refuse(`an element with over ${ATTRIBUTES} attributes`, 'fewer');
      yield* ready.splice(0);
    }
  parser.close();
  yield* ready.splice(0);
}

/** sax with what its types leave out: the attributes of the element whose start is being read. */
interface Parser extends SAXParser {
  readonly attribList: readonly unknown[];
}

/** An item on its way. */
interface Reading {
  readonly line: number;
  /** Of its element. */
  readonly depth: number;
  open: Open | undefined;
  /** The text of the element in the open attribute's; undefined where there is none. */
  inner: string | undefined;
  broken: string | undefined;
  take(attribute: Open): void;
  row(): FeedRow;
}

function newReading(line: number, depth: number): Reading {
  const google = new Map<string, string[]>();
  const others = new Map<string, string[]>();
  return {
    line,
    depth,
    open: undefined,
    inner: undefined,
    broken: undefined,
    take({ name, isGoogle, text, parts }) {
      const value = parts.length > 0 ? parts.join(':') : text.trim();
      const fields = isGoogle ? google : others;
      if (value === '' || (fields.size >= MOST_VALUES && !fields.has(name))) return;
      const values = fields.get(name) ?? [];
      if (values.length < MOST_VALUES) values.push(value);
      fields.set(name, values);
    },
    row() {
      return {
        line,
        fields: new Map([...others, ...google]),
        ...(this.broken !== undefined && { broken: this.broken }),
      };
    },
  };
}

function limited(text: string): string {
  return text.length > VALUE_LENGTH ? text.slice(0, VALUE_LENGTH) : text;
}

/** What is wrong in words that say what to do. */
function describe(what: string, line: number): string {
  const [found, wanted] = /entity/i.test(what)
    ? ['an & that begins no entity', '&amp;']
    : /Unencoded/.test(what)
      ? ['a < that begins no element', '&lt;']
      : [`no well-formed XML (${what})`, 'each element closed as it was opened'];
  return `found ${found} in line ${line.toLocaleString('en')}, wanted ${wanted}`;
}
