import { expect, it } from 'vitest';
import { checkExperiments } from '../../../src/storefront/experiments/checkExperiments.ts';

const experiment = {
  name: 'intents',
  placement: 'home',
  kind: 'split',
  variants: { control: {}, new: { intent: 'discover' } },
};

it('takes splits, with shares too, and interleavings', () => {
  const all = [
    experiment,
    { ...experiment, name: 'shares', placement: 'cart', shares: { control: 0.9, new: 0.1 } },
    { ...experiment, name: 'draft', placement: 'product', kind: 'interleave' },
  ];
  expect(checkExperiments(all)).toBe(all);
});

it.each([
  [{}, 'experiments: found {}, wanted a list'],
  [[7], 'experiments[0]: found 7, wanted { name'],
  [[{ ...experiment, name: '' }], 'experiments[0].name: found ""'],
  [[experiment, { ...experiment, placement: 'cart' }], 'a name that no other experiment has'],
  [[experiment, { ...experiment, name: 'b' }], 'wanted one that experiment intents has not'],
  [
    [{ ...experiment, placement: 'start' }],
    'experiment intents: placement: found "start", wanted one of home,',
  ],
  [[{ ...experiment, kind: 'ab' }], 'experiment intents: kind: found "ab"'],
  [[{ ...experiment, variants: { control: {} } }], 'found ["control"], wanted 2 to 16 of them'],
  [[{ ...experiment, kind: 'interleave', variants: { a: {}, b: {}, c: {} } }], 'wanted two of them'],
  [[{ ...experiment, variants: { a: {}, b: 7 } }], 'variant b: found 7'],
  [
    [{ ...experiment, variants: { a: {}, b: { inten: 'again' } } }],
    'variant b: found "inten", wanted one of intent, count, rules',
  ],
  [[{ ...experiment, variants: { a: {}, b: { count: 0 } } }], 'variant b.count: found 0'],
  [[{ ...experiment, kind: 'interleave', variants: { a: { count: 4 }, b: {} } }], 'wanted the same in both'],
  [[{ ...experiment, kind: 'interleave', shares: { control: 0.5, new: 0.5 } }], 'shares: found'],
  [[{ ...experiment, shares: { control: 1 } }], 'found ["control"], wanted one for each of control, new'],
  [[{ ...experiment, shares: { control: 1, new: 0 } }], 'share of new: found 0, wanted a number above 0'],
  [[{ ...experiment, shares: { control: 0.5, new: 0.4 } }], 'shares: found 0.9, wanted 1'],
])('refuses %j', (found, message) => {
  expect(() => checkExperiments(found)).toThrow(message);
});
