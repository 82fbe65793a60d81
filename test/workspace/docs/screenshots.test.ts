import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../screenshots/pictures.ts';

describe('docs/screenshots', () => {
  it('shows each picture that is taken, and has no other', () => {
    const names = pictures.map(({ name }) => `${name}.webp`).toSorted();
    const shown = readFileSync('docs/screenshots/README.md', 'utf8').matchAll(/\]\((\S+\.webp)\)/g);
    expect(Array.from(shown, ([, name]) => name).toSorted()).toEqual(names);
    const there = readdirSync('docs/screenshots').filter((name) => name.endsWith('.webp'));
    expect(there.toSorted()).toEqual(names);
  });
});
