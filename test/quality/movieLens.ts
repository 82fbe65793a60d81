import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A public log that nothing here was tuned on: MovieLens 100k (GroupLens, 100,000 ratings of 1,682 films by 943 people,
 * 1997 and 1998; Harper and Konstan 2015). The Python package recbole ships it in a wheel. Its licence allows research
 * and forbids redistribution, so that it is fetched, not kept.
 *
 *     node --import tsx test/quality/movieLens.ts FOLDER
 *     npx -y pnpm evershelf eval --events FOLDER/events.csv --items FOLDER/items.csv
 */
const PACKAGE = 'recbole==1.2.1';
const INSIDE = 'recbole/dataset_example/ml-100k';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('found no folder, wanted one to write events.csv and items.csv to');
  process.exit(1);
}
const aside = mkdtempSync(join(tmpdir(), 'evershelf-movielens-'));
try {
  execFileSync('pip', ['download', '--quiet', '--no-deps', '--dest', aside, PACKAGE], { stdio: 'inherit' });
  const wheel = readdirSync(aside).find((name) => name.endsWith('.whl'))!;
  execFileSync('python3', ['-m', 'zipfile', '-e', join(aside, wheel), aside]);
  const table = (name: string): string[][] =>
    readFileSync(join(aside, INSIDE, name), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  mkdirSync(folder, { recursive: true });
  const events = table('ml-100k.inter').map(([user, item, , time]) => [time!, user!, item!]);
  write('events.csv', ['timestamp', 'user_id', 'item_id'], events);
  const items = table('ml-100k.item').map(([id, title, year, genres]) => [
    id!,
    title!,
    year!,
    genres!.replaceAll(' ', '|'),
  ]);
  write('items.csv', ['item_id', 'title', 'year', 'genres'], items);
  console.log(`${events.length} events and ${items.length} items in ${folder}`);
} finally {
  rmSync(aside, { recursive: true });
}

function write(name: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = [head, ...rows].map((row) => row.map(cell).join(','));
  writeFileSync(join(folder!, name), `${lines.join('\n')}\n`);
}
