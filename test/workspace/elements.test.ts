import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messagesOf } from '../../packages/sdk/src/storefront/element/messages.ts';
import { SHELF_ATTRIBUTES } from '../../packages/sdk/src/storefront/element/shelfAttributes.ts';
import { STYLES } from '../../packages/sdk/src/storefront/element/styles.ts';
import { PLACEMENTS } from '../../packages/sdk/src/storefront/placements/placements.ts';
import { seenBoosts } from '../../packages/sdk/src/storefront/placements/seenBoosts.ts';
import { tableOf } from '../tableOf.ts';

const named = (cell: string): string => cell.replaceAll('`', '');
/** What the first column of a table of docs/elements.md has, which has this name. */
const namesIn = (column: string): string[] =>
  tableOf('docs/elements.md', column).map(([name]) => named(name!));
const sourceOf = (file: string): string =>
  readFileSync(`packages/sdk/src/storefront/element/${file}.ts`, 'utf8');

describe('docs/elements.md', () => {
  it('has all attributes of the element, and no other', () => {
    expect(namesIn('attribute')).toEqual([...SHELF_ATTRIBUTES]);
  });

  it('has all states of the element', () => {
    const [, states] = /^type State = (.*);$/m.exec(sourceOf('shelfSpot'))!;
    expect(namesIn('state')).toEqual(states!.match(/\w+/g));
  });

  it('has all properties of its styles, with their defaults', () => {
    const used = new Set([...STYLES.matchAll(/--evershelf-[a-z-]+/g)].map(([name]) => name));
    const rows = tableOf('docs/elements.md', 'property');
    expect(new Set(rows.map(([name]) => named(name!)))).toEqual(used);
    for (const [name, , defaults] of rows)
      for (const [, value] of defaults!.matchAll(/`(.*?)`/g))
        expect(STYLES, name).toContain(`var(${named(name!)}, ${value})`);
  });

  it('has all events', () => {
    const told = [...sourceOf('shelfSpot').matchAll(/\btell\('([\w-]+)'/g)].map(([, name]) => name);
    expect(namesIn('event').sort()).toEqual([...new Set(told)].sort());
  });

  it('has all that shelves say', () => {
    const rows = tableOf('docs/elements.md', 'name').map(([name, text]) => [named(name!), text]);
    expect(Object.fromEntries(rows)).toEqual(messagesOf('en'));
  });
});

describe('docs/placements.md', () => {
  it('has all placements with what they ask for', () => {
    const rows = tableOf('docs/placements.md', 'placement').map(([name, intent, count]) => [
      named(name!),
      named(intent!),
      Number(count),
    ]);
    expect(rows).toEqual(
      Object.entries(PLACEMENTS).map(([name, { intent, count }]) => [name, intent, count]),
    );
  });

  it('says what it costs an item to be seen and passed over', () => {
    const prose = readFileSync('docs/placements.md', 'utf8').replaceAll(/\s+/g, ' ');
    expect(prose).toContain(
      'more than three times in this visit and was not opened loses 0.1 of its score for each time after that, at most 1.2',
    );
    expect(readFileSync('packages/sdk/src/storefront/placements/wishOf.ts', 'utf8')).toContain(
      'const FATIGUE = 0.1;',
    );
    expect(seenBoosts(new Map([['a', 3]]), 0.1)).toEqual([]);
    expect(seenBoosts(new Map([['a', 99]]), 0.1)[0]!.by).toBeCloseTo(-1.2);
  });
});
