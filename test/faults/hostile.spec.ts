import { expect } from '@playwright/test';
import { type Answer, type Cell, type Fault, NOBODY, WELL } from './cell.ts';
import { matrix } from './matrix.ts';
import type { PageOptions } from './shopPage.ts';

const fails = (path: string): string => `${path} = function () { throw new Error('${path} of the page') };`;
const all = (on: string, names: string): string =>
  names
    .split(' ')
    .map((name) => fails(`${on}.${name}`))
    .join('');
const hidden = (on: string, name: string): string =>
  `Object.defineProperty(${on}, '${name}', { get() { throw new Error('${name} of the page') } });`;

/** By what the shop holds alone: what the model learned could not be read. */
const LISTED: Answer = { ...WELL, rung: 'category' };

/** The same, and what is new in the shop could not be read either. */
const STALE: Answer = { ...LISTED, freshness: 'stale' };

interface Page {
  /** What the page has put in place of the platform's own. */
  readonly has: string;
  readonly code: string;
  /** What is answered where it did so in front of the tag. */
  readonly before: Answer;
  /** The same, where it did so once the storefront had opened; absent where that depends on what was read by then, or the browser calls what throws. */
  readonly after?: Answer;
  /** True where elements draw no cards, whoever is asked. */
  readonly isBare?: boolean;
}

const PAGES: readonly Page[] = [
  { has: 'a fetch that throws', code: fails('window.fetch'), before: NOBODY, after: WELL },
  {
    has: 'a fetch that gives no answer',
    code: 'window.fetch = async () => ({ ok: true, status: 200 });',
    before: NOBODY,
    after: WELL,
  },
  {
    has: 'a fetch that passes on',
    code: 'const own = fetch; window.fetch = function () { return own.apply(this, arguments) };',
    before: WELL,
    after: WELL,
  },
  {
    has: 'a fetch whose answers have empty parts without end',
    code: `window.fetch = async () => ({ ok: true, status: 200, body: { getReader: () => ({
      read: async () => ({ value: new Uint8Array() }), cancel: async () => {} }) } });`,
    before: NOBODY,
    after: WELL,
  },
  {
    has: 'arrays with more of their own',
    code: 'Array.prototype.more = function () {}; Array.prototype.last = 1;',
    before: WELL,
    after: WELL,
  },
  {
    has: 'arrays whose methods throw',
    code: all('Array.prototype', 'map filter find forEach flatMap includes push sort some every join slice'),
    before: NOBODY,
    after: NOBODY,
  },
  {
    has: 'arrays that cannot be gone through',
    code: fails('Array.prototype[Symbol.iterator]'),
    before: NOBODY,
    after: NOBODY,
  },
  {
    has: 'arrays that write themselves as texts',
    code: 'Array.prototype.toJSON = function () { return String(this) };',
    before: WELL,
    after: WELL,
  },
  { has: 'a JSON.parse that throws', code: fails('JSON.parse'), before: NOBODY },
  {
    has: 'a JSON.parse that gives nothing',
    code: 'JSON.parse = () => undefined;',
    before: NOBODY,
    after: STALE,
  },
  {
    has: 'a JSON.stringify that throws',
    code: fails('JSON.stringify'),
    before: NOBODY,
    after: WELL,
    isBare: true,
  },
  {
    has: 'a Promise without what is new',
    code: 'delete Promise.allSettled; delete Promise.any; delete Promise.withResolvers;',
    before: WELL,
    after: WELL,
  },
  {
    has: 'a Promise of its own',
    code: `
      const Own = Promise;
      window.Promise = function (run) { return new Own(run) };
      for (const name of ['resolve', 'reject', 'all', 'race']) Promise[name] = (...given) => Own[name](...given);`,
    before: WELL,
    after: WELL,
  },
  { has: 'a Promise whose then throws', code: fails('Promise.prototype.then'), before: NOBODY },
  { has: 'a Map that throws', code: fails('window.Map'), before: NOBODY, after: LISTED, isBare: true },
  { has: 'a Set that throws', code: fails('window.Set'), before: NOBODY, after: STALE, isBare: true },
  {
    has: 'objects with more of their own',
    code: 'Object.prototype.extend = function () {}; Object.prototype.each = function () {};',
    before: WELL,
    after: WELL,
  },
  {
    has: 'objects with more of their own that is no function',
    code: "Object.prototype.owner = 'of the page'; Object.prototype.nothing = null; Object.prototype.list = [1];",
    before: LISTED,
    after: LISTED,
  },
  { has: 'an Object.defineProperty that throws', code: fails('Object.defineProperty'), before: LISTED },
  {
    has: 'objects that have what a shelf is asked with',
    code: "for (const name of ['k', 'deadline', 'candidates', 'filter', 'exclude', 'intent']) Object.prototype[name] = 'of the page';",
    before: NOBODY,
    after: NOBODY,
  },
  {
    has: 'objects with a getter that throws',
    code: hidden('Object.prototype', 'signal'),
    before: NOBODY,
    after: NOBODY,
  },
  {
    has: 'texts whose methods throw',
    code: all('String.prototype', 'replace replaceAll split trim includes startsWith slice toLowerCase'),
    before: NOBODY,
    after: NOBODY,
  },
  {
    has: 'functions that cannot be bound',
    code: all('Function.prototype', 'bind call apply'),
    before: NOBODY,
    after: WELL,
  },
  {
    has: 'no crypto',
    code: "Object.defineProperty(window, 'crypto', { value: undefined });",
    before: NOBODY,
    after: LISTED,
  },
  {
    has: 'a crypto that throws',
    code: all('Crypto.prototype', 'getRandomValues randomUUID') + all('SubtleCrypto.prototype', 'digest'),
    before: NOBODY,
    after: LISTED,
  },
  {
    has: 'an addEventListener that throws',
    code: fails('EventTarget.prototype.addEventListener'),
    before: NOBODY,
    after: WELL,
    isBare: true,
  },
  {
    has: 'timers that throw',
    code: all('window', 'setTimeout setInterval requestAnimationFrame requestIdleCallback queueMicrotask'),
    before: NOBODY,
    after: NOBODY,
  },
  { has: 'a Date.now that gives no time', code: 'Date.now = () => NaN;', before: WELL, after: WELL },
  {
    has: 'a performance.now that gives no time',
    code: 'performance.now = () => NaN;',
    before: WELL,
    after: WELL,
  },
  {
    has: 'an IntersectionObserver that throws',
    code: fails('window.IntersectionObserver'),
    before: NOBODY,
    after: WELL,
  },
  {
    has: 'a MutationObserver that throws',
    code: fails('window.MutationObserver'),
    before: NOBODY,
    after: WELL,
  },
  {
    has: 'a createElement that throws',
    code: fails('document.createElement'),
    before: NOBODY,
    after: WELL,
    isBare: true,
  },
  { has: 'a TextDecoder that throws', code: fails('window.TextDecoder'), before: NOBODY, after: STALE },
  {
    has: 'an Intl that throws',
    code: all('Intl', 'NumberFormat DateTimeFormat PluralRules getCanonicalLocales'),
    before: WELL,
    after: WELL,
  },
  {
    has: 'a picture that calls itself the current script',
    code: `document.body.insertAdjacentHTML('beforeend', '<img name="currentScript" src="/other/evershelf.js" data-model="/other/">');`,
    before: WELL,
  },
  {
    has: 'storages that are not to be had',
    code:
      hidden('window', 'localStorage') + hidden('window', 'sessionStorage') + hidden('window', 'indexedDB'),
    before: WELL,
    after: WELL,
  },
  {
    has: 'storages whose methods throw',
    code:
      all('Storage.prototype', 'getItem setItem removeItem key clear') + fails('IDBFactory.prototype.open'),
    before: WELL,
    after: WELL,
  },
  {
    has: 'storages that give what nobody put there',
    code: `Storage.prototype.getItem = () => '{"time":1e308,"seen":1,"used":"x","orders":{},"cart":null}';`,
    before: WELL,
    after: WELL,
  },
  { has: 'a URL that throws', code: fails('window.URL'), before: NOBODY, after: WELL },
  {
    has: 'an AbortSignal without what is new',
    code: 'delete AbortSignal.any; delete AbortSignal.timeout;',
    before: NOBODY,
    after: STALE,
  },
  {
    has: 'a console that throws',
    code: all('console', 'log warn error info debug'),
    before: WELL,
    after: WELL,
  },
];

/** Opens the page as it is, and asks by its own button until the shelf is as it should be: the page's functions are not ours to call. */
async function tryPage(
  { fault, page: options, answers }: Fault,
  { page, stand, context }: Omit<Cell, 'frame'>,
): Promise<void> {
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(stand.page(options as PageOptions));
  const isThere = answers.answeredBy !== 'nobody';
  const isBare = PAGES.some((each) => each.isBare === true && fault.startsWith(each.has));
  if (!isThere) await expect.poll(() => said.join()).toContain('evershelf: ');
  await expect(async () => {
    const count = Number(await page.locator('#count').textContent()) + 1;
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page.locator('#count')).toHaveText(String(count));
    const wanted = isThere ? `${answers.rung} ${answers.freshness}$` : 'nobody';
    await expect(page.locator('#said')).toHaveText(new RegExp(`^${count}: ${wanted}`), { timeout: 2000 });
    if (!isBare)
      await expect(page.locator('evershelf-shelf [data-item]')).toHaveCount(isThere ? 4 : 0, {
        timeout: 2000,
      });
  }).toPass({ intervals: [50, 100, 200], timeout: 30_000 });
  expect(errors).toEqual([]);
}

matrix(
  'hostile page',
  PAGES.flatMap(({ has, code, before, after }): Fault[] => [
    { fault: `${has}, in front of the tag`, page: { before: `{${code}}` }, answers: before, recovers: '–' },
    ...(after === undefined
      ? []
      : [
          {
            fault: `${has}, behind the tag`,
            page: { after: `{${code}}` },
            answers: after,
            recovers: '–' as const,
          },
        ]),
  ]),
  tryPage,
);
