import * as fc from 'fast-check';
import { checkItem, packPage, type PageAnswer } from '../../../packages/model/src/index.ts';
import { checkPage } from '../../../packages/sdk/src/metadata/checkAnswers.ts';
import { NetworkError } from '../../../packages/sdk/src/metadata/network.ts';
import { editedBytes, editedJsonBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { jsonOf } from '../texts.ts';

const PAGE: PageAnswer = {
  page: 3,
  revision: 12,
  items: [
    {
      item: { id: 'a', title: 'Tea', category: ['Food', 'Tea'], price: 2.5, inStock: true, note: 1 / 3 },
      revision: 9,
    },
    { item: { id: 'ü', title: 'Té', price: 3, tags: ['x', 'y'], url: '/p/2', fresh: false }, revision: 12 },
    { item: { id: 'c', title: 'Tea', weight: -7 }, revision: 1 },
  ],
};

/** Pages of a metadata service, packed and as JSON: every item of one is one. */
export const page: OpenTarget = () => {
  const packed = packPage(PAGE)!;
  return {
    reads: 'pages of a metadata service',
    drawn: fc.oneof({ weight: 2, arbitrary: editedBytes(packed) }, editedJsonBytes(PAGE)),
    run(input) {
      for (const value of [Uint8Array.from(input), jsonOf(input)])
        try {
          const { items } = checkPage(value, PAGE.page);
          for (const { item, revision } of items) {
            checkItem(item);
            if (!(Number.isSafeInteger(revision) && revision >= 0))
              throw new Error(`found revision ${revision}`);
          }
        } catch (error) {
          if (!(error instanceof NetworkError)) throw error;
        }
    },
  };
};
