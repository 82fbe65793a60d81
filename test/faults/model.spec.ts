import { expect } from '@playwright/test';
import { type Cell, type Fault, modelOf, NOBODY, storedOf, WELL } from './cell.ts';
import type { Wrong } from './faultyServer.ts';
import { matrix } from './matrix.ts';
import type { Files } from './stand.ts';

/** By what the shop holds alone: nothing that the model learned. */
const LISTED = { ...WELL, rung: 'category' } as const;

const changed = (
  files: Files,
  name: string,
  change: (bytes: Uint8Array) => Uint8Array | undefined,
): Files => {
  const bytes = change(files.get(name)!);
  const others = [...files].filter(([other]) => other !== name);
  return new Map(bytes === undefined ? others : [...others, [name, bytes]]);
};
const missing = (): undefined => undefined;
const truncated = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);
const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte));
const replaced =
  (from: string, to: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(from);
    return new TextEncoder().encode(text.replace(from, to));
  };

const idOf = (files: Files): string =>
  (JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as { id: string }).id;

/** A model of which one file is not as it was written. */
const spoilt = (
  fault: string,
  name: string,
  change: (bytes: Uint8Array) => Uint8Array | undefined,
  rest: Pick<Fault, 'answers' | 'recovers'> & Partial<Fault>,
): Fault => ({
  fault,
  given: ({ stand }) => (stand.model = changed(stand.model, name, change)),
  heals: ({ stand }) => (stand.model = stand.versions[0]),
  ...rest,
});

/** A host of the model that answers by something else, before there was any visit. */
const hosted = (fault: string, says: RegExp, wrong: Wrong): Fault => ({
  fault,
  given: ({ stand }) => stand.host.spoil(wrong),
  answers: NOBODY,
  says,
  heals: ({ stand }) => stand.host.spoil(undefined),
  recovers: 'on the next page',
});

const ranksBy =
  (version: 0 | 1) =>
  async (cell: Cell): Promise<void> =>
    expect(await modelOf(cell)).toBe(idOf(cell.stand.versions[version]));

/** The device has this version, for the next page. */
const keeps =
  (version: 0 | 1) =>
  async (cell: Cell): Promise<void> => {
    const { stand } = cell;
    const key = `model http://localhost:${stand.host.port}/model/manifest.json`;
    const manifest = new TextDecoder().decode(stand.versions[version].get('manifest.json'));
    await expect.poll(async () => (await storedOf(cell))[key] === manifest).toBe(true);
  };

/** The page has looked for something of the model, since this was last forgotten. */
const isAsked =
  (path: RegExp) =>
  async ({ stand }: Cell): Promise<void> =>
    expect.poll(() => stand.host.asked).toContainEqual(expect.stringMatching(path));

matrix('model', [
  {
    fault: 'on a host that refuses connections',
    given: ({ stand }) => stand.host.refuse(),
    answers: NOBODY,
    says: /found no answer/,
    heals: ({ stand }) => stand.host.open(),
    recovers: 'on the next page',
  },
  hosted('on a host that never answers', /found no answer/, () => {}),
  hosted(
    'on a host that answers 500',
    /found status 500/,
    (_, response) => void response.writeHead(500).end(),
  ),
  hosted(
    'on a host that answers a page for people',
    /manifest.json: found/,
    (_, response) => void response.writeHead(200).end('<!doctype html><p>Not found.'),
  ),
  hosted('on a host that answers without end', /manifest.json: found/, (_, response) => {
    const part = Buffer.alloc(1 << 20, ' ');
    const send = (): void => {
      while (!response.destroyed && response.write(part));
    };
    response.writeHead(200).on('drain', send);
    send();
  }),
  hosted("on a host that forbids the page's origin to read it", /found no answer/, (_, response) => {
    response.removeHeader('access-control-allow-origin');
    response.writeHead(200).end('{}');
  }),
  spoilt('missing', 'manifest.json', missing, {
    answers: NOBODY,
    says: /found status 404/,
    recovers: 'on the next page',
  }),
  spoilt('of another version', 'manifest.json', replaced('"version":', '"version":9'), {
    answers: NOBODY,
    says: /manifest.json: found/,
    recovers: 'on the next page',
  }),
  spoilt('with a manifest of which a bit is flipped', 'manifest.json', flipped, {
    answers: NOBODY,
    says: /manifest.json: found/,
    recovers: 'on the next page',
  }),
  spoilt('with a truncated catalogue', 'catalogue.safetensors', truncated, {
    answers: NOBODY,
    says: /catalogue.safetensors: found \d+ bytes/,
    recovers: 'on the next page',
  }),
  spoilt('without its tables', 'tables.safetensors', missing, {
    answers: LISTED,
    says: /tables.safetensors\S*: found status 404/,
    recovers: 'by itself',
  }),
  spoilt('with truncated tables', 'tables.safetensors', truncated, {
    answers: LISTED,
    says: /tables.safetensors: found \d+ bytes/,
    recovers: 'on the next page',
  }),
  spoilt('with tables of which a bit is flipped', 'tables.safetensors', flipped, {
    answers: LISTED,
    says: /tables.safetensors: found SHA-256/,
    recovers: 'on the next page',
  }),
  {
    fault: 'replaced while a first visit reads it',
    given({ stand }) {
      const [before, after] = stand.versions;
      stand.model = new Map([...before, ...[...after].filter(([name]) => /tables|edges/.test(name))]);
    },
    answers: LISTED,
    says: /(tables|edges).safetensors: found/,
    heals: ({ stand }) => (stand.model = stand.versions[1]),
    recovers: 'on the next page',
    healed: ranksBy(1),
  },
  {
    fault: 'replaced while a shopper uses it',
    earlier: ({ stand }) => (stand.model = stand.versions[0]),
    given: ({ stand }) => (stand.model = stand.versions[1]),
    answers: WELL,
    holds: async (cell) => {
      await ranksBy(0)(cell);
      await keeps(1)(cell);
    },
    recovers: 'on the next page',
    healed: ranksBy(1),
  },
  {
    fault: 'replaced by a broken one while a shopper uses it',
    earlier: ({ stand }) => (stand.model = stand.versions[0]),
    given({ stand }) {
      stand.model = changed(stand.versions[1], 'edges.safetensors', truncated);
      stand.host.asked.length = 0;
    },
    answers: WELL,
    holds: async (cell) => {
      await isAsked(/edges/)(cell);
      await ranksBy(0)(cell);
    },
    recovers: 'on the next page',
    healed: ranksBy(0),
  },
  {
    fault: 'rolled back',
    earlier: ({ stand }) => (stand.model = stand.versions[1]),
    given: ({ stand }) => (stand.model = stand.versions[0]),
    answers: WELL,
    holds: async (cell) => {
      await ranksBy(1)(cell);
      await keeps(0)(cell);
    },
    recovers: 'on the next page',
    healed: ranksBy(0),
  },
  {
    fault: 'missing when a shopper returns',
    earlier: ({ stand }) => (stand.model = stand.versions[0]),
    given({ stand }) {
      stand.model = new Map();
      stand.host.asked.length = 0;
    },
    answers: WELL,
    holds: isAsked(/manifest/),
    heals: ({ stand }) => (stand.model = stand.versions[0]),
    recovers: 'on the next page',
  },
]);
