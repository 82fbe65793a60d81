import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KEPT_PAIRS, MAX_PAIRS, pairWeight } from '../../../packages/model/src/index.ts';
import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import { tableOf } from '../../tableOf.ts';
import { proseOf } from './proseOf.ts';

describe('docs/design.md', () => {
  it('says how many pairs of an item are kept, served and read, and what they weigh', () => {
    const page = proseOf('docs/design.md');
    expect(page).toContain(`at most ${KEPT_PAIRS}, and its ${MAX_PAIRS} strongest are served and read`);
    const [, from, to] = /\(n\(from\) \+ 0\.5\)\^([\d.]+) \(n\(to\) \+ 0\.5\)\^([\d.]+)/.exec(page)!;
    expect(pairWeight(3, 7, 11)).toBeCloseTo(3 / (7.5 ** Number(from) * 11.5 ** Number(to)), 10);
  });

  it('names the scripts that a page may fetch, each of them and no other', () => {
    const limits = JSON.parse(readFileSync('packages/sdk/package.json', 'utf8')) as {
      'size-limit': { path: string | string[] }[];
    };
    const files = limits['size-limit'].flatMap(({ path }) => path);
    const named = tableOf('docs/design.md', 'file of `dist/script`').map(([file]) => file);
    expect(named.toSorted()).toEqual(
      files.map((file) => `\`${file.replaceAll(/^dist\/script\/|-\*\.js$/g, '')}\``).toSorted(),
    );
  });

  it('has the way from an empty clone to the first shelf, part by part, in docs/design.md', () => {
    const { cores, seconds } = JSON.parse(readFileSync('docs/bench/emptyClone.json', 'utf8')) as {
      cores: number;
      seconds: Record<string, number>;
    };
    const parts = Object.entries(seconds).map(([part, end], k, all) => [
      part,
      (end - (all[k - 1]?.[1] ?? 0)).toFixed(1),
    ]);
    const inAll = ['**in all**', Object.values(seconds).at(-1)!.toFixed(1)];
    const design = readFileSync('docs/design.md', 'utf8');
    expect(design).toContain(markdownTable(['part', 'seconds'], [...parts, inAll]));
    expect(design).toContain(`on ${cores} cores of a shared machine`);
    expect(cores).toBe(2);
    expect(proseOf('README.md')).toContain(
      `first shelf after [${Math.round(Object.values(seconds).at(-1)!)} seconds](docs/design.md#figures) on two cores`,
    );
  });
});
