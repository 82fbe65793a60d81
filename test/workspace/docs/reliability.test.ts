import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reliabilityPage } from '../../soak/reliabilityPage.ts';

describe('docs/reliability.md', () => {
  it('is what the files beside it say', () => {
    expect(readFileSync('docs/reliability.md', 'utf8')).toBe(reliabilityPage());
  });
});
