import { refuse } from '../../refuse.ts';
import type { StorefrontOptions } from '../Storefront.ts';

/** How the text of an attribute becomes an option; undefined where it is none. */
const READERS: Readonly<
  Record<string, { readonly wanted: string; read(text: string): string | number | boolean | undefined }>
> = {
  model: { wanted: 'the folder of an artifact, such as "/model/"', read: (text) => text || undefined },
  kv: { wanted: 'the address of a metadata service, such as "/kv"', read: (text) => text || undefined },
  consent: choice('auto', 'none', 'cache', 'profile'),
  events: flag(),
  read: flag(),
  dataLayer: { wanted: 'the name of a global, such as "dataLayer"', read: (text) => text || undefined },
  id: {
    wanted: 'a property of a product\'s markup, such as "sku"',
    read: (text) => (/^@?[a-z]\w*$/i.test(text) ? text : undefined),
  },
  measure: flag(),
  announce: {
    wanted: '"true", "false" or "create"',
    read: (text) => (text === 'create' ? text : flag().read(text)),
  },
  engine: choice('auto', 'cpu', 'worker', 'webgpu'),
  refresh: {
    wanted: 'milliseconds, such as "60000"',
    read: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
  },
};

/**
 * What a script tag says of the storefront: its `data-*` attributes, and the JSON that `data-config` names or a
 * `<script type="application/json" data-evershelf>` of the page holds. An attribute wins over the JSON.
 *
 * @throws {TypeError} naming the attribute or the file, what was found and what was wanted
 */
export async function readTag(tag: HTMLScriptElement): Promise<StorefrontOptions> {
  const said: Record<string, unknown> = {};
  for (const [name, { wanted, read }] of Object.entries(READERS)) {
    const text = tag.dataset[name];
    if (text === undefined) continue;
    const attribute = `data-${name.replace('L', '-l')}`;
    said[name] = read(text) ?? refuse(attribute, text, wanted);
  }
  // Its keys and values are looked at where the storefront opens.
  return { ...(await readConfig(tag)), ...said } as unknown as StorefrontOptions;
}

async function readConfig(tag: HTMLScriptElement): Promise<object> {
  const { config: address } = tag.dataset;
  if (address !== undefined) {
    const where = `data-config ${address}`;
    const answer = await fetch(address).catch((error: Error) => refuse(where, error.message, 'a JSON file'));
    if (!answer.ok) refuse(where, `status ${answer.status}`, 'a JSON file');
    return parsed(where, await answer.text());
  }
  const inline = document.querySelector('script[type="application/json"][data-evershelf]');
  return inline === null ? {} : parsed('<script type="application/json" data-evershelf>', inline.textContent);
}

function parsed(where: string, text: string): object {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    refuse(where, (error as Error).message, 'JSON');
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    refuse(where, found, 'an object, such as { "model": "/model/" }');
  return found;
}

function choice(...values: string[]): (typeof READERS)[string] {
  return {
    wanted: `one of ${values.join(', ')}`,
    read: (text) => (values.includes(text) ? text : undefined),
  };
}

/** An attribute without a value switches on, as HTML's own do. */
function flag(): (typeof READERS)[string] {
  const values: Readonly<Record<string, boolean>> = { '': true, true: true, false: false };
  return {
    wanted: '"true" or "false"',
    read: (text) => (Object.hasOwn(values, text) ? values[text] : undefined),
  };
}
