import { type BrowserContext, expect, type Frame, type LaunchOptions, type Page } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { LATE, type PageOptions } from './shopPage.ts';
import type { Stand } from './stand.ts';

/** What a fault is tried in. */
export interface Cell {
  readonly stand: Stand;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The document that has the shelf: the page, or a frame in it. */
  frame(): Frame;
}

/** What a shelf says of an item that the page hands over: the model knows its category, the service alone its brand. */
export interface Answer {
  /** `attributes` where the service's were there, `category` where not; `none` where nobody answered. */
  readonly rung: 'attributes' | 'category' | 'none';
  readonly freshness: 'fresh' | 'stale' | 'offline' | 'none';
  readonly answeredBy: 'cpu' | 'worker' | 'webgpu' | 'nobody';
}

export interface Fault {
  /** As the table has it, such as `answers 500`. */
  readonly fault: string;
  /** How a browser of its own is started, of how the one of all others is; absent where that one does. */
  readonly browser?: (usual: LaunchOptions) => LaunchOptions;
  readonly page?: PageOptions | ((stand: Stand) => PageOptions);
  /** True where a page of another site has it in a frame. */
  readonly framed?: boolean;
  /** What there was when the shopper was here before, and all was well; absent at a first visit. */
  readonly earlier?: (cell: Cell) => unknown;
  /** What is wrong before the page is opened. */
  readonly given?: (cell: Cell) => unknown;
  /** What goes wrong once the page has all of its model and its shop. */
  readonly strikes?: (cell: Cell) => unknown;
  /** What is answered meanwhile. */
  readonly answers: Answer;
  /** What the shelf says is wrong, of an engine too; the console, where there is none. */
  readonly says?: RegExp;
  /** What else holds meanwhile. */
  readonly holds?: (cell: Cell) => Promise<void>;
  /** Ends the fault, where it does not end by itself. */
  readonly heals?: (cell: Cell) => unknown;
  /** `–` where the page stays as it is. */
  readonly recovers: 'by itself' | 'on the next page' | '–';
  /** What is answered then, where it is not `WELL`. */
  readonly after?: Answer;
  /** What else holds then. */
  readonly healed?: (cell: Cell) => Promise<void>;
}

export const WELL: Answer = { rung: 'attributes', freshness: 'fresh', answeredBy: 'cpu' };
export const NOBODY: Answer = { rung: 'none', freshness: 'none', answeredBy: 'nobody' };

/** Milliseconds that an answer may wait for the service. */
const DEADLINE = 50;
/** Milliseconds of timers that are set at the deadline. */
const TICKS = 2;
/** Looks at an answer that is computed, while the page's clock stands still. */
const LOOKS = 3000;
/** Seconds by which the page's clock goes on, one after the other, until what is to come has come. */
const STEPS = [0, 1, 1, 2, 3, 5, 5, 10, 10, 20, 30, 60, 60];

type Global = { readonly shop?: Storefront };

/** Tries a fault: the page works, its shelf answers by the deadline and as it should, and all is well once the fault has ended. */
export async function tryFault(fault: Fault, base: Omit<Cell, 'frame'>): Promise<void> {
  const { page, stand, context } = base;
  const isFramed = fault.framed === true;
  const cell: Cell = { ...base, frame: () => page.frames()[isFramed ? 1 : 0] ?? page.mainFrame() };
  const errors: string[] = [];
  const said: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  page.on('console', (message) => said.push(message.text()));
  await context.clock.install();
  const options = typeof fault.page === 'function' ? fault.page(stand) : fault.page;
  const after = fault.after ?? WELL;
  const address = stand.page(options);
  if (fault.earlier !== undefined) {
    await fault.earlier(cell);
    await page.goto(address);
    await becomes(cell, after);
    await expect
      .poll(async () => Object.keys(await storedOf(cell)))
      .toEqual(expect.arrayContaining([/edges/, /position/].map((key) => expect.stringMatching(key))));
  }
  await fault.given?.(cell);
  await page.goto(isFramed ? stand.framed(address) : address);
  if (fault.strikes !== undefined) {
    await becomes(cell, after);
    await fault.strikes(cell);
  }
  await becomes(cell, fault.answers, fault.says, said);
  expect(await ask(cell, fault.answers)).toEqual(fault.answers);
  await pageWorks(cell, fault.answers);
  await fault.holds?.(cell);

  await fault.heals?.(cell);
  if (fault.recovers === 'on the next page') await page.reload();
  await becomes(cell, after);
  await pageWorks(cell, after);
  await fault.healed?.(cell);
  expect(errors).toEqual([]);
}

/** Waits until the shelf answers so, by the page's clock. */
async function becomes(
  cell: Cell,
  wanted: Answer,
  says = /(?:)/,
  console: readonly string[] = [],
): Promise<void> {
  let found: Answer | undefined;
  let said = '';
  for (const seconds of STEPS) {
    await cell.context.clock.fastForward(1000 * seconds);
    for (let look = 0; look < 5; look++) {
      found = await ask(cell, wanted);
      said = (await problemOf(cell)) ?? console.join('\n');
      if (isSame(found, wanted) && says.test(said)) return;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
  expect({ ...found, said }).toEqual({ ...wanted, said: expect.stringMatching(says) });
}

/** Asks the shelf, while the page's clock stands still but for the deadline: what waits for anything else is not answered. */
async function ask(cell: Cell, { answeredBy }: Answer): Promise<Answer> {
  await pause(cell);
  const {
    context: { clock },
    frame,
  } = cell;
  const asking = frame().evaluate(
    async ({ late, deadline }): Promise<Answer & { milliseconds: number; items: number }> => {
      const { shop } = globalThis as Global;
      if (shop === undefined)
        return { rung: 'none', freshness: 'none', answeredBy: 'nobody', milliseconds: 0, items: 1 };
      const candidates = [{ id: late.id, category: late.category! }];
      const { items, engine, milliseconds } = await shop.shelf.recommend({ deadline, candidates, k: 1000 });
      const { rung, freshness } = items.find(({ item }) => item.id === late.id)!;
      return { rung, freshness, answeredBy: engine, milliseconds, items: items.length } as Answer & {
        milliseconds: number;
        items: number;
      };
    },
    { late: LATE, deadline: DEADLINE },
  );
  const answers: Awaited<typeof asking>[] = [];
  const look = async (times: number, between = async (): Promise<void> => {}): Promise<void> => {
    for (let time = 0; answers.length === 0 && time < times; time++) {
      await between();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  asking.then(
    (answer) => answers.push(answer),
    () => {},
  );
  // What waits for no timer, on a busy machine.
  await look(answeredBy === 'cpu' ? 5 : 50);
  // What is due at the deadline, and nothing later.
  for (const time of [DEADLINE, ...Array.from({ length: TICKS }, () => 1)])
    if (answers.length === 0) await clock.runFor(time);
  await look(LOOKS, () => clock.runFor(0));
  if (answers.length === 0) throw new Error('found no answer by its deadline, wanted one');
  const [{ milliseconds, items, ...answer }] = answers as [Awaited<typeof asking>];
  expect(milliseconds).toBeLessThanOrEqual(DEADLINE + TICKS);
  expect(items).toBeGreaterThan(0);
  await clock.resume();
  return answer;
}

/** Stops the page's clock a moment ahead; on a busy machine that moment may be over before the page hears of it. */
async function pause({ context: { clock }, frame }: Cell): Promise<void> {
  for (let ahead = 1000; ; ahead *= 2)
    try {
      return await clock.pauseAt((await frame().evaluate(() => Date.now())) + ahead);
    } catch (error) {
      if (!String(error).includes('to the past') || ahead > 10_000) throw error;
    }
}

/** What the device has of model and shop, by key. */
export function storedOf({ frame }: Cell): Promise<Record<string, unknown>> {
  return frame().evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('evershelf-catalogue');
        opening.addEventListener('success', () => {
          const database = opening.result;
          const stored: Record<string, unknown> = {};
          const reading = database.transaction('entries').objectStore('entries').openCursor();
          reading.addEventListener('success', () => {
            const { result: cursor } = reading;
            if (cursor === null) {
              database.close();
              return resolve(stored);
            }
            const { value } = cursor as { value: unknown };
            stored[String(cursor.key)] =
              value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
            cursor.continue();
          });
        });
      }),
  );
}

/** Id of the model that the shelf ranks by. */
export function modelOf({ frame }: Cell): Promise<string | undefined> {
  return frame().evaluate(() => (globalThis as Global).shop?.shelf.status().model);
}

/** What the shelf says is wrong, and why this engine ranks; undefined where there is none. */
function problemOf({ frame }: Cell): Promise<string | undefined> {
  return frame().evaluate(() => {
    const { shop } = globalThis as Global;
    if (shop === undefined) return undefined;
    const { lastError = '', engines } = shop.shelf.status();
    return `${lastError}; ${engines.one.reason}`;
  });
}

/** The page's own button does what it is there for, and what the shelf says by the page's own script is what it says to us. */
export async function pageWorks({ frame }: Cell, answer: Answer): Promise<void> {
  const page = frame();
  const before = Number(await page.locator('#count').textContent());
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.locator('#count')).toHaveText(String(before + 1));
  await expect(page.locator('#said')).toHaveText(`${before + 1}: ${saidOf(answer)}`);
  await expect(page.locator('evershelf-shelf [data-item]')).toHaveCount(
    answer.answeredBy === 'nobody' ? 0 : 4,
  );
}

/** Which engine has answered by then depends on the machine. */
function saidOf({ rung, freshness, answeredBy }: Answer): string {
  return answeredBy === 'nobody' ? 'nobody' : `${rung} ${freshness}`;
}

function isSame(a: Answer, b: Answer): boolean {
  return a.rung === b.rung && a.freshness === b.freshness && a.answeredBy === b.answeredBy;
}
