import { STRANGER } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { scoreParts } from '../../../src/storefront/debug/scoreParts.ts';

describe('the parts of a score in the drawer', () => {
  const signals = { ...STRANGER, deep: -0.5, live1: 0.25, live5: 0.25, live20: 1, had: 0.001, unknown: 0.2 };

  it('are the signals by what they say, largest first, the live ones as one, without those that gave nothing', () => {
    expect(scoreParts(signals).map(({ name, gave }) => [name, gave])).toEqual([
      ['live', 1.5],
      ['deep', -0.5],
      ['unknown', 0.2],
    ]);
  });

  it('have the boost of a rule among them', () => {
    expect(scoreParts(signals, 2)[0]).toMatchObject({ name: 'boost', gave: 2 });
  });
});
