import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readTag } from '../../../src/storefront/tag/readTag.ts';

const tag = (dataset: Record<string, string>): HTMLScriptElement =>
  ({ dataset }) as unknown as HTMLScriptElement;
/** A page that holds this JSON, or none. */
const page = (json?: string): void =>
  void vi.stubGlobal('document', {
    querySelector: () => (json === undefined ? null : { textContent: json }),
  });

beforeEach(() => page());

describe('a script tag', () => {
  it('says by its attributes what the storefront is opened with', async () => {
    const dataset = {
      ...{
        model: '/model/',
        kv: '/kv',
        consent: 'cache',
        events: '',
        read: 'false',
        dataLayer: 'layer',
        id: 'mpn',
      },
      ...{ engine: 'cpu', refresh: '0', cfasync: 'of another tool' },
    };
    expect(await readTag(tag(dataset))).toEqual({
      ...{
        model: '/model/',
        kv: '/kv',
        consent: 'cache',
        events: true,
        read: false,
        dataLayer: 'layer',
        id: 'mpn',
      },
      ...{ engine: 'cpu', refresh: 0 },
    });
  });

  it('wins over the JSON of its page', async () => {
    page('{ "model": "/json/", "placements": { "home": { "count": 4 } } }');
    expect(await readTag(tag({ model: '/model/' }))).toEqual({
      model: '/model/',
      placements: { home: { count: 4 } },
    });
  });

  it.each([
    [{ model: '' }, 'data-model: found "", wanted the folder of an artifact, such as "/model/"'],
    [{ consent: 'yes' }, 'data-consent: found "yes", wanted one of auto, none, cache, profile'],
    [{ events: '1' }, 'data-events: found "1", wanted "true" or "false"'],
    [{ refresh: '1m' }, 'data-refresh: found "1m", wanted milliseconds, such as "60000"'],
    [{ dataLayer: '' }, 'data-data-layer: found "", wanted the name of a global, such as "dataLayer"'],
  ])('is refused by what was found and what was wanted: %j', async (dataset, message) => {
    await expect(readTag(tag(dataset as unknown as Record<string, string>))).rejects.toThrow(
      new TypeError(message),
    );
  });

  it.each([
    ['[]', 'found [], wanted an object'],
    ['{', 'wanted JSON'],
  ])('is refused where the JSON of its page is %s', async (json, message) => {
    page(json);
    await expect(readTag(tag({ model: '/model/' }))).rejects.toThrow(message);
  });

  it('has the attributes that the document lists, and no others', async () => {
    const listed = [...readFileSync('docs/script-tag.md', 'utf8').matchAll(/^\| `data-([\w-]+)`/gm)].map(
      ([, name]) => name!.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    const read = new Set<string>();
    const dataset = new Proxy({}, { get: (_, name) => void read.add(String(name)) });
    await readTag(tag(dataset));
    expect(listed.toSorted()).toEqual([...read].toSorted());
  });
});
