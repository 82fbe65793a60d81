import { unpackLive } from '../../../packages/model/src/index.ts';
import { checkChanges, checkPairs } from '../../../packages/sdk/src/metadata/checkAnswers.ts';
import { NetworkError } from '../../../packages/sdk/src/metadata/network.ts';
import { editedJsonBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { jsonOf } from '../texts.ts';

const CHANGES = { revision: 9, pages: 8, changed: [0, 3, 7], revisions: [9, 4, 1], live: 9, stream: true };
const PAIRS = {
  page: 3,
  items: [
    {
      id: 'a',
      pairs: [
        ['b', 2.5],
        ['ü', 0.05],
      ],
    },
    { id: 'c', pairs: [] },
  ],
};

/** What else a metadata service answers: changes, also those that its stream tells, pairs, live bytes. */
export const answers: OpenTarget = () => ({
  reads: 'changes, pairs and counters of a metadata service',
  drawn: editedJsonBytes(CHANGES, PAIRS),
  run(input) {
    const json = jsonOf(input);
    try {
      const { pages, changed, revisions } = checkChanges(json);
      if (changed.some((each) => each >= pages) || changed.length !== revisions.length)
        throw new Error('found a page that the shop has not');
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
    }
    try {
      for (const { id, pairs } of checkPairs(json, PAIRS.page).items)
        for (const [other, count] of pairs)
          if (
            typeof id !== 'string' ||
            typeof other !== 'string' ||
            !(count > 0 && Math.fround(count) < Infinity)
          )
            throw new Error(`found ${count} of ${other} with ${id}`);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
    }
    for (const count of [1, 2, 65_536]) unpackLive(input, count);
  },
});
