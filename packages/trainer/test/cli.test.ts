import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChangesAnswer, type PageAnswer, pageOf, unpackLive, SIGNALS } from '@evershelf/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandOf, type Ran } from './commandOf.ts';
import { shopFolder, shopWithArrivals, syntheticShop } from './syntheticShop.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
let path: (name: string) => string;
let shop: string[];
/** The artifact of the shop, and what the command said that made it. */
let model: string;
let trained: Ran;

const shopOf = (files: (name: string) => string): string[] => [
  ...['--events', files('events.csv'), '--items', files('items.csv')],
  ...['--epochs', '2', '--dim', '8', '--head-events', '50'],
];

beforeAll(async () => {
  path = await shopFolder(syntheticShop({ shoppers: 60 }));
  shop = shopOf(path);
  model = path('model');
  trained = await evershelf('train', ...shop, '--out', model);
}, 60_000);

/** Runs the command in a process of its own. */
function evershelf(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', cli, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

describe('evershelf', { timeout: 60_000 }, () => {
  it('trains, inspects and publishes', async () => {
    expect(trained).toMatchObject({ code: 0, out: expect.stringMatching(/model [0-9a-f]{16}, 200 items/) });
    expect(trained.err).toContain('1,836 events of 200 items in 60 shopper histories');

    const { out } = await commandOf('inspect', model);
    for (const line of [
      'training window',
      'a page loads',
      'rows in use',
      'collisions',
      'signal weights',
      'validation',
    ])
      expect(out).toContain(line);

    const folder = path('static');
    expect((await commandOf('publish', '--artifact', model, '--to', folder)).code).toBe(0);
    const read = async <T>(name: string): Promise<T> =>
      JSON.parse(await readFile(join(folder, name), 'utf8')) as T;
    const page = await read<PageAnswer>(`v1/pages/${pageOf('001', 256)}`);
    const stored = page.items.find(({ item }) => item.id === '001')!;
    expect(stored.item).toMatchObject({ title: 'Thing number 1', category: ['Department 1', 'Shelf 1'] });
    const live = unpackLive(await readFile(join(folder, 'v1/live')), 256)!;
    const { bytes } = live[pageOf('001', 256)]!;
    expect(bytes).toHaveLength(3 * page.items.length);
    expect(bytes.some((byte) => byte > 0)).toBe(true);
    expect((await commandOf('publish', '--artifact', model, '--to', folder)).out).toContain(
      '0 of 256 pages changed',
    );
    expect((await read<ChangesAnswer>('v1/changes')).revision).toBe(1);
  });

  it('says where events are so few that a model of items alone is better', async () => {
    const few = shopOf(await shopFolder(syntheticShop({ shoppers: 3 })));
    const { code, err } = await commandOf('train', ...few, '--threads', '1', '--out', path('few'));
    expect(code).toBe(0);
    expect(err).toMatch(/! found 91 events, wanted 1,000 or more: .* Train without --events/);
    expect(trained.err).not.toContain('Train without --events');
  });

  it('replaces an older artifact when the new one is complete, and nothing else', async () => {
    const again = path('again');
    await cp(model, again, { recursive: true });
    expect((await commandOf('train', ...shop, '--seed', '2', '--out', again)).code).toBe(0);
    expect(await readFile(join(again, 'manifest.json'))).not.toEqual(
      await readFile(join(model, 'manifest.json')),
    );
    expect((await readdir(dirname(again))).filter((name) => name.startsWith('.'))).toEqual([]);
    const precious = path('precious');
    await mkdir(precious);
    await writeFile(join(precious, 'thesis.txt'), 'years of work');
    const refused = await commandOf('train', ...shop, '--out', precious);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('found thesis.txt, wanted a new folder'),
    });
    expect(existsSync(join(precious, 'thesis.txt'))).toBe(true);

    await writeFile(join(again, 'icon.png'), 'of the web app whose manifest.json this could be');
    expect(await commandOf('train', ...shop, '--out', again)).toMatchObject({
      code: 1,
      err: expect.stringContaining('found icon.png, wanted a new folder'),
    });
    expect(existsSync(join(again, 'icon.png'))).toBe(true);
  });

  it('clears away what a run that was killed left beside the folder', async () => {
    const ended = execFile(process.execPath, ['--version']);
    await once(ended, 'exit');
    const killed = path('killed');
    await mkdir(path(`.killed.${ended.pid}.new`));
    await mkdir(path(`.killed.${ended.pid}.old`));
    await mkdir(path('.killed.of.somebody'));
    expect((await commandOf('train', '--items', path('items.csv'), '--out', killed)).code).toBe(0);
    expect((await readdir(dirname(killed))).filter((name) => name.startsWith('.killed'))).toEqual([
      '.killed.of.somebody',
    ]);
    expect(existsSync(join(killed, 'manifest.json'))).toBe(true);
  });

  it('evaluates into a table, a JSON file and a report', async () => {
    const json = path('new folder/evaluation.json');
    const report = path('report');
    const { code, out } = await commandOf(
      'eval',
      ...shop,
      '--methods',
      'evershelf',
      'popularity',
      '--json',
      json,
      '--report',
      report,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/\| evershelf +\| +0\.\d{4} \|/);
    for (const measure of ['Recall@20', 'NDCG@20', 'MRR@20'])
      expect(out).toMatch(new RegExp(`${measure} by slice[^]*?warm.*cold.*coldOnly.*novel`));
    expect(await readFile(join(report, 'report.md'), 'utf8')).toContain('| popularity');
    const html = await readFile(join(report, 'report.html'), 'utf8');
    expect(html).toContain('</svg>');
    expect(html).not.toMatch(/(src|href)=/);
    const { methods } = JSON.parse(await readFile(json, 'utf8')) as { methods: Record<string, object> };
    expect(methods['evershelf']).toMatchObject({
      all: {
        n: expect.any(Number),
        'recall@20': expect.any(Number),
        'ndcg@20': expect.any(Number),
        'mrr@20': expect.any(Number),
      },
      trainSeconds: expect.any(Number),
    });
  });

  it('has a lab, and shows how to use it', async () => {
    const { err } = await commandOf('lab');
    expect(err).toMatch(/ladder .*what each rung/);
    expect((await commandOf('lab', 'ladder', '--help')).out).toMatch(/--seeds <number>.*\(default: 5\)/s);
  });

  it('measures the ladder into a table, a JSON file and a report with plots', async () => {
    const json = path('ladder.json');
    const report = path('ladder');
    const own = shopOf(await shopFolder(shopWithArrivals({ shoppers: 150 })));
    const run = await commandOf('lab', 'ladder', ...own, '--seeds', '2', '--json', json, '--report', report);
    expect(run).toMatchObject({ code: 0, out: expect.stringMatching(/\| whole +\| +live +\| +0\.\d{4} \[/) });
    expect(run.err).toContain('seed 2, judging');
    expect((await readdir(report)).toSorted()).toEqual(['ladder-all.svg', 'ladder-new.svg', 'report.md']);
    expect(await readFile(join(report, 'report.md'), 'utf8')).toContain('](ladder-new.svg)');
    const { protocol } = JSON.parse(await readFile(json, 'utf8')) as { protocol: object };
    expect(protocol).toMatchObject({ seeds: [1, 2], judged: expect.any(Number) });
  });

  it('measures what each signal adds into a table, a JSON file and a report with plots', async () => {
    const json = path('ablation.json');
    const report = path('ablation');
    const own = shopOf(await shopFolder(shopWithArrivals({ shoppers: 60 })));
    const run = await commandOf(
      ...['lab', 'ablation', ...own, '--seeds', '1'],
      ...['--without', 'pairs', '--json', json, '--report', report],
    );
    // What no head reads adds nothing.
    expect(run.out).toMatch(/\| pairs adds +\| \+0\.0000 \[\+0\.0000, \+0\.0000\] \|/);
    expect(run).toMatchObject({ code: 0, err: expect.stringContaining('seed 1, without live, signals') });
    expect((await readdir(report)).toSorted()).toEqual(['ablation-all.svg', 'ablation-new.svg', 'report.md']);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ worth: { deep: { new: {} } } });
  });

  it('refuses heads that may read nothing', async () => {
    const run = await commandOf('train', ...shop, '--out', path('none'), '--without', ...SIGNALS);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('found every signal, wanted one') });
    const odd = await commandOf('train', ...shop, '--out', path('none'), '--without', 'luck');
    expect(odd.err).toMatch(/'luck' is invalid.*Allowed choices are deep, match/s);
  });

  it('measures the window of training into a table, a JSON file and a report with plots', async () => {
    const json = path('window.json');
    const report = path('window');
    const own = [...shop, '--windows', '1', '50', '--weeks', '2', '--judged', '100'];
    const run = await commandOf('lab', 'window', ...own, '--json', json, '--report', report);
    expect(run).toMatchObject({ code: 0, out: expect.stringMatching(/\| weekly +\| +0\.\d{4} \|/) });
    expect(run.out).toContain('The log is too short for a window of 50 weeks.');
    expect((await readdir(report)).toSorted()).toEqual([
      'report.md',
      'window-length.svg',
      'window-new.svg',
      'window-upkeep.svg',
    ]);
    const { windows, upkeep } = JSON.parse(await readFile(json, 'utf8')) as Record<string, object>;
    expect(Object.keys(windows!)).toEqual(['1', 'all']);
    expect(upkeep).toMatchObject({ weekly: { cost: { trainings: 2, bytes: expect.any(Number) } } });
  });

  it('measures what a shop of its items alone is worth into a table, a JSON file and a report with a plot', async () => {
    const json = path('feed.json');
    const report = path('feed');
    const own = [...shop, '--days', '2', '--no-train', '--json', json, '--report', report];
    const run = await commandOf('lab', 'feed', ...own);
    expect(run).toMatchObject({ code: 0, out: expect.stringMatching(/\| 0 +\| +0 \| +0\.\d{4} \[/) });
    expect(run.out).not.toMatch(/^\| trained /m);
    expect((await readdir(report)).toSorted()).toEqual(['feed-days.svg', 'report.md']);
    const { protocol, opened } = JSON.parse(await readFile(json, 'utf8')) as Record<string, object>;
    expect(protocol).toMatchObject({ openings: 2, judged: expect.any(Number) });
    expect(opened).toMatchObject([0, 1, 3, 7, 30].map((days) => ({ days, trained: null })));
  });

  it('goes on where nobody reads what it says any more', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', cli, 'inspect', model]);
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(said).toBe('');
  });

  it('says what was wrong with a broken artifact', async () => {
    const broken = path('broken');
    await cp(model, broken, { recursive: true });
    await writeFile(join(broken, 'tables.safetensors'), 'not this');
    // In a process of its own, for the exit status.
    expect(await evershelf('inspect', broken)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^evershelf: tables\.safetensors: found 8 bytes, wanted \d+/),
    });
    expect((await commandOf('inspect', path('nowhere'))).err).toContain('manifest.json: found no such file');
  });

  it.each([
    [['train'], /required option '--out/],
    [['eval'], /required option '--events/],
    [
      ['train', '--events', 'x.csv', '--out', 'y', '--dim', '7'],
      /Wanted a whole number from 4 to 1024, a multiple of 4/,
    ],
    [['train', '--events', 'x.csv', '--out', 'y', '--memory', '2'], /Wanted a size of at least 512MB/],
    [['train', '--events', 'x.csv', '--out', 'y', '--map', 'colour=red'], /Wanted ROLE=COLUMN/],
    [['eval', '--events', 'x.csv', '--json', 'packages'], /packages: cannot be written \(it is a folder\)/],
    [['eval', '--events', 'nowhere.csv'], /nowhere\.csv: found no such file/],
    [['publish', '--to', 'http://127.0.0.1:9', '--items', 'nowhere.csv'], /nowhere\.csv: found no such file/],
    [
      ['eval', '--events', 'x.csv', '--methods', 'magic'],
      /'magic' is invalid.*evershelf, evershelfDiscover, popularity/,
    ],
    [['lab', 'ladder', '--events', 'x.csv', '--seeds', '11'], /Wanted a whole number from 1 to 10/],
    [['publish', '--to', 'x'], /found neither --artifact nor --items/],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await commandOf(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
