import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_LIMITS, REQUEST_LIMITS } from '../../packages/kv/src/index.ts';
import { LIMITS } from '../../packages/kv/src/limitsOf.ts';

const page = readFileSync('SECURITY.md', 'utf8');
const chapters = page.split(/^### /m).slice(1);

describe('SECURITY.md', () => {
  it('answers each who may attack', () => {
    expect(chapters.map((chapter) => chapter.split('\n')[0])).toEqual([
      'A hostile shopper',
      'A hostile page',
      'A hostile network',
      'A hostile catalogue',
      'A stolen token',
      'What we depend on',
    ]);
  });

  it('names for each answer a test that there is', () => {
    for (const chapter of chapters) {
      const rows = chapter.split('\n').filter((line) => /^\| (?!attack|-)/.test(line));
      expect(rows.length).toBeGreaterThan(2);
      for (const row of rows) {
        const files = [...row.split('|')[3]!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
        expect(files.length, row).toBeGreaterThan(0);
        for (const file of files) {
          expect(file).toMatch(/\.(test|spec)\.ts$/);
          expect(existsSync(file), file).toBe(true);
        }
      }
    }
  });

  it('leads to documents that there are, and says limits as they are', () => {
    for (const [, path] of page.matchAll(/\]\((docs\/[\w./-]+)/g)) expect(existsSync(path!), path).toBe(true);
    expect(page).toContain(
      `counts ${EVENT_LIMITS.countsPerItem} times an hour for an address, a pair ${EVENT_LIMITS.countsPerPair} times`,
    );
    expect(page).toContain(
      `headers have ${LIMITS.headerSeconds} s, a request ${LIMITS.requestSeconds} s, silence ${LIMITS.silentSeconds} s`,
    );
    expect(page).toContain(`${REQUEST_LIMITS.writesPerMinute.toLocaleString('en')} writes a minute`);
  });
});
