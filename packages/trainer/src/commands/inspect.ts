import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import {
  FILES,
  GAPS,
  idRows,
  INTENTS,
  itemsOf,
  MANIFEST,
  PAIRS_FILE,
  readArtifact,
  RUNGS,
  SIGNALS,
} from '@evershelf/model';
import { artifactFiles } from './artifactFiles.ts';
import { dayOf } from '../report/dayOf.ts';

const compress = promisify(brotliCompress);

/** `evershelf inspect`: what an artifact holds, as lines for people. */
export async function inspect(folder: string): Promise<void> {
  const read = artifactFiles(folder);
  const { manifest, tables, edges, index, catalogue } = await readArtifact(read);
  const { training, heads, validation } = manifest;
  const count = (n: number): string => n.toLocaleString('en');
  const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
  const print = (name: string, value: string): void => console.log(`${name.padEnd(18)} ${value}`);

  print('model', `${manifest.id} (format ${manifest.version})`);
  print(
    'training window',
    training.events === 0
      ? 'none: made of items alone'
      : `${dayOf(training.from)} to ${dayOf(training.until)}, ${count(training.events)} events, ${training.sequence} histories`,
  );
  print('training', `seed ${training.seed}, ${training.epochs} epochs`);
  print(
    'items',
    RUNGS.map((rung, r) => `${count(index.rung.filter((each) => each === r).length)} ${rung}`).join(', '),
  );
  print('categories', `${count(manifest.categories.length)} with an unknown token`);
  print(
    'features',
    manifest.schema
      .map((each) => (each.as === 'cross' ? each.attributes.join('*') : each.attribute))
      .join(', ') || 'ids only',
  );
  print('manifest', `sha256 ${manifest.sha256.slice(0, 16)}...`);
  const files = await Promise.all(
    [MANIFEST, ...Object.values(FILES)].map(async (name) => {
      const bytes = await read(name);
      return { name, bytes: bytes.length, wire: (await compress(bytes)).length };
    }),
  );
  for (const { name, bytes, wire } of files) print(name, `${count(bytes)} bytes, ${count(wire)} with Brotli`);
  print('a page loads', `${count(files.reduce((sum, { wire }) => sum + wire, 0))} bytes with Brotli`);
  print(PAIRS_FILE, `${count(manifest.files[PAIRS_FILE]!.bytes)} bytes, for the metadata service`);

  let [all, linked] = [0, 0];
  for (let i = 0; i < edges.items; i++) {
    const before = all;
    edges.each(i, () => all++);
    if (all > before) linked++;
  }
  print('edges', `${count(all)} that leave ${count(linked)} items`);
  const used = tables.itemScale.filter((scale) => scale > 0).length;
  print(
    'rows in use',
    `${count(used)} of ${count(tables.rows)} (${percent(used, tables.rows)}), ${tables.dim} numbers each`,
  );
  const known = itemsOf(catalogue)
    .filter((_, i) => index.rung[i] === 0)
    .map(({ id }) => idRows(id, tables.rows));
  const sharing = new Map<number, number>();
  const pairs = new Map<string, number>();
  for (const [first, second] of known) {
    for (const row of new Set([first, second])) sharing.set(row, (sharing.get(row) ?? 0) + 1);
    pairs.set(`${first} ${second}`, (pairs.get(`${first} ${second}`) ?? 0) + 1);
  }
  const shared = known.filter(
    ([first, second]) => sharing.get(first)! > 1 && sharing.get(second)! > 1,
  ).length;
  const same = known.filter(([first, second]) => pairs.get(`${first} ${second}`)! > 1).length;
  print(
    'collisions',
    `${count(shared)} ids share both rows with others (${percent(shared, known.length)}), ${count(same)} the same two`,
  );

  const { decay, gaps, kinds } = manifest.contextWeights;
  print('history', `${decay.toFixed(3)} of a weight is left for each later moment`);
  print('', gaps.map((factor, k) => `x ${factor.toFixed(2)} ${gapName(k)}`).join(', '));
  if (Object.keys(kinds).length > 0)
    print(
      '',
      Object.entries(kinds)
        .map(([kind, factor]) => `x ${factor.toFixed(2)} ${kind}`)
        .join(', '),
    );

  for (const intent of INTENTS) {
    const found = validation[intent];
    console.log(`\nsignal weights, ${intent}`);
    for (const signal of SIGNALS) {
      const alone = found === null ? '' : `NDCG@20 alone ${found.alone[signal].toFixed(4)}`;
      console.log(`  ${signal.padEnd(10)} ${heads[intent][signal].toPrecision(4).padStart(10)}  ${alone}`);
    }
    if (found === null) continue;
    console.log(
      `  validation on the latest tenth: ${count(found.events)} events, Recall@20 ${found['recall@20'].toFixed(4)}, ` +
        `NDCG@20 ${found['ndcg@20'].toFixed(4)} (estimated from a few hundred candidates an event)`,
    );
  }
}

/** A gap of `GAPS` in words. */
function gapName(gap: number): string {
  if (gap === GAPS.length) return 'before';
  const seconds = GAPS[gap]!;
  const [size, unit] = seconds < 3600 ? [60, 'min'] : seconds < 86_400 ? [3600, 'h'] : [86_400, 'd'];
  return `within ${seconds / size} ${unit}`;
}
