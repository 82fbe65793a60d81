import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { figuresOf as measured } from '../src/measure/figuresOf.ts';
import { readShown, type ReadShownOptions } from '../src/measure/readShown.ts';
import type { ShelfFigures } from '../src/measure/ShelfFigures.ts';
import { withDatabase } from '../src/read/Database.ts';
import { InputError } from '../src/read/InputError.ts';
import { describeProblem } from '../src/read/Problems.ts';
import { figure } from '../src/report/htmlPage.ts';
import { markdownTable } from '../src/report/markdownTable.ts';
import { shelfSections } from '../src/report/shelfTables.ts';
import { commandOf, type Ran } from './commandOf.ts';
import { folderWith } from './syntheticShop.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
/** 2026-11-27T00:00:00Z */
const DAY = 1_795_737_600;

interface Line {
  readonly kind: string;
  readonly item?: string;
  readonly shelf?: string;
  readonly position?: number;
  readonly session?: string | null;
  readonly time?: number;
  readonly model?: string;
}
const line = ({ kind, item = 'a', shelf, position, session = 's', time = DAY, model = 'm1' }: Line): string =>
  JSON.stringify({
    timestamp: time,
    item_id: item,
    event_type: kind,
    session_id: session,
    ...(shelf && { shelf, position: position ?? 1, model, propensity: 1 }),
  });

/** Runs the command in a process of its own, in a folder. */
function reportIn(cwd: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), cli, 'report', ...args],
      { cwd },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

/** The figures of a log. */
async function figuresOf(
  lines: readonly Line[],
  options: Partial<ReadShownOptions> = {},
): Promise<ShelfFigures> {
  return await figuresOfText(lines.map(line).join('\n'), options);
}

async function figuresOfText(log: string, options: Partial<ReadShownOptions>): Promise<ShelfFigures> {
  const path = await folderWith({ 'e.jsonl': log });
  return await withDatabase(undefined, async (db) => {
    await readShown(db, { files: [path('e.jsonl')], map: {}, ...options });
    return await measured(db, null);
  });
}

const seen = (shelf: string, item: string, more: Partial<Line> = {}): Line => ({
  kind: 'impression',
  shelf,
  item,
  ...more,
});

describe('evershelf report', { timeout: 60_000 }, () => {
  it('counts what was seen and what came of it, by shelf, position, day and model', async () => {
    const { shelves, positions, days, models, all, coverage, taken } = await figuresOf([
      seen('home', 'a'),
      seen('home', 'b', { position: 2 }),
      seen('cart', 'a', { session: 't', time: DAY + 86_400, position: 25 }),
      { kind: 'click', shelf: 'home', item: 'a' },
      { kind: 'view', item: 'a' },
      { kind: 'cart', shelf: 'home', item: 'a' },
      { kind: 'purchase', item: 'b' },
    ]);
    const counts = { impressions: 2, clicks: 1, carts: 1, purchases: 0, sessions: 1 };
    expect(shelves).toMatchObject([
      { name: 'home', ...counts },
      { name: 'cart', impressions: 1, clicks: 0 },
    ]);
    expect(positions.map(({ name, impressions }) => [name, impressions])).toEqual([
      ['1', 1],
      ['2', 1],
      ['21+', 1],
    ]);
    expect(days.map(({ name, impressions }) => [name, impressions])).toEqual([
      ['2026-11-27', 2],
      ['2026-11-28', 1],
    ]);
    expect(models).toMatchObject([{ name: 'm1', impressions: 3 }]);
    expect(all.rate.mean).toBeCloseTo(1 / 3, 12);
    expect(coverage).toEqual({ seen: 2, of: null, topTenth: 2 / 3 });
    expect(taken).toEqual({ carts: 1, purchases: 1 });
  });

  it('writes a document in which names are texts, and no cells or markup of their own', async () => {
    const path = await folderWith({ 'e.jsonl': line(seen('a\\| b | <img src=x>', 'a')) });
    await reportIn(path('.'), '--events', path('e.jsonl'), '--out', 'report.md');
    const row = (await readFile(path('report.md'), 'utf8')).split('\n').find((each) => each.includes('img'))!;
    expect(row).toContain(String.raw`| a\\\| b \| \<img src=x>`);
  });

  it('writes a page that needs nothing else, with a table beside each plot', async () => {
    const path = await folderWith({
      'e.jsonl': [seen('<home & "garden">', 'a'), { kind: 'click', shelf: '<home & "garden">' }]
        .map(line)
        .join('\n'),
    });
    const { out, err } = await reportIn(path('.'), '--events', path('e.jsonl'));
    expect(out).toContain(
      '2026-11-27 to 2026-11-27: 1 impression on 1 shelf in 1 session, 1 click (100.00 %)',
    );
    expect(err).toContain('written to report.html');
    const page = await readFile(path('report.html'), 'utf8');
    expect(page).toContain('&lt;home &amp; &quot;garden');
    expect(page).not.toContain('<home');
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<svg [^>]*role="img" aria-label="/g)!.length).toBe(page.match(/<svg /g)!.length);
    expect(page.match(/<table>/g)!.length).toBeGreaterThanOrEqual(6);
    // A phone breaks the words of a table that has any, and leaves the room of others to their figures.
    expect(page).toMatch(/class="table worded" [^>]*aria-label="Is the log sound\?"/);
    expect(page).toMatch(/class="table" [^>]*aria-label="By position"/);
  });

  it('writes Markdown where the name says so', async () => {
    const path = await folderWith({ 'e.jsonl': line(seen('home', 'a')) });
    await commandOf('report', '--events', path('e.jsonl'), '--out', path('r.md'));
    expect(await readFile(path('r.md'), 'utf8')).toMatch(
      /^# Shelves\n\n2026-11-27 .*\n\n## By shelf\n\n\| shelf/,
    );
  });

  it('reads the days and the shelves that were named', async () => {
    const log = [
      seen('home', 'a', { time: DAY - 1 }),
      seen('home', 'b', { time: DAY }),
      seen('cart', 'c', { time: DAY + 86_399 }),
      seen('home', 'd', { time: DAY + 86_400 }),
    ];
    const path = await folderWith({ 'e.jsonl': log.map(line).join('\n') });
    const days = ['--from', '2026-11-27', '--to', '2026-11-27', '--shelf', 'home'];
    const files = ['--out', path('r.html'), '--json', path('f.json')];
    const { out } = await commandOf('report', '--events', path('e.jsonl'), ...files, ...days);
    expect(out).toContain('2026-11-27 to 2026-11-27: 1 impression on 1 shelf');
    expect(JSON.parse(await readFile(path('f.json'), 'utf8'))).toMatchObject({
      from: DAY,
      all: { impressions: 1 },
    });
    expect((await figuresOf(log, { from: DAY, until: DAY + 86_400 })).all.impressions).toBe(2);
    expect((await figuresOf(log, { from: DAY + 1 })).all.impressions).toBe(2);
  });

  it('shows the last of more days and models than it has room for, and says so', async () => {
    const figures = await figuresOf(
      Array.from({ length: 40 }, (_, day) =>
        seen('home', 'a', { time: DAY + 86_400 * day, model: `m${day}` }),
      ),
    );
    const [, , days, models] = shelfSections(figures);
    expect(days!.tables[0]!.title).toBe('By day (UTC), the last 30 of 40');
    expect(days!.tables[0]!.rows.map(([day]) => day).at(-1)).toBe('2027-01-05');
    expect(models!.tables[0]!.rows.map(([name]) => name)).toEqual(
      Array.from({ length: 30 }, (_, k) => `m${k + 10}`),
    );
    const { charts } = models!;
    expect(charts.of === 'rate' && charts.groups.map(({ name }) => name)).toEqual(
      Array.from({ length: 12 }, (_, k) => `m${k + 28}`),
    );
  });

  it('says which of the log cannot be believed', async () => {
    const { checks } = await figuresOf([
      seen('home', 'a', { session: null }),
      seen('home', 'a'),
      { kind: 'click', shelf: 'home', item: 'never seen' },
    ]);
    expect(checks).toEqual({ withoutSession: 1, clicksUnseen: 1, incomplete: 0, mostOfSession: 1 });
  });

  it.each([
    ['an empty log', '', {}, 'found no rows, wanted events'],
    [
      'a log without impressions',
      line({ kind: 'view' }),
      {},
      'found 1 events and no impression of a shelf, wanted some',
    ],
    ['other days', line(seen('home', 'a')), { from: DAY + 1 }, 'none of the time that --from and --to name'],
    ['a shelf that is none', line(seen('home', 'a')), { shelves: ['attic'] }, 'found no impression of attic'],
  ])('refuses %s with what it found', async (_, log, options, message) => {
    const found = figuresOfText(log, options);
    await expect(found).rejects.toBeInstanceOf(InputError);
    await expect(found).rejects.toThrow(message);
  });

  it.each([
    ['a day that is none', ['--from', 'yesterday'], 'Wanted a date such as 2026-11-27'],
    ['a folder for a page', ['--out', '.'], 'cannot be written (it is a folder)'],
  ])('refuses %s before it reads', async (_, args, message) => {
    const path = await folderWith({ 'e.jsonl': line(seen('home', 'a')) });
    const { code, err } = await commandOf('report', '--events', path('e.jsonl'), ...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

it.each(["$'", '$&', '$1', '"><script>'])('names a chart %s as it is called', (name) => {
  const html = figure([name, '<svg width="1"></svg>']);
  expect(parseHTML(html).document.querySelector('svg')!.getAttribute('aria-label')).toBe(name);
  expect(parseHTML(html).document.querySelectorAll('*')).toHaveLength(3);
});

it('shows in a terminal no character that moves it, and none that turns its text around', () => {
  const table = markdownTable(['shelf'], [['a\u001b[2J\n\u202Eb']]);
  expect(table.split('\n')).toHaveLength(3);
  expect(table).toContain('a\uFFFD[2J\uFFFD\uFFFDb');
  const told = describeProblem({ file: 'e', what: 'w', count: 1, row: 1, example: 'item \u001b]0;x\u0007' });
  expect(told).toBe('e: w: 1; first in row 1: item \uFFFD]0;x\uFFFD');
});
