import { ArtifactError, checkItem, itemAt } from '../../../packages/model/src/index.ts';
import { readCatalogue } from '../../../packages/model/src/artifact/catalogue.ts';
import { smallFiles } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { editedTensors } from '../tensors.ts';

const COUNT = 24;

/** A catalogue: every item of it is one, but for an id that is empty. */
export const catalogue: OpenTarget = async () => ({
  reads: 'catalogues of artifacts',
  drawn: editedTensors((await smallFiles()).get('catalogue.safetensors')!),
  run(input) {
    try {
      const read = readCatalogue('fuzzed', Uint8Array.from(input), COUNT);
      for (let i = 0; i < COUNT; i++) {
        const item = itemAt(read, i);
        // An id that is empty is one that nobody can name: it harms nobody either.
        if (item.id !== '') checkItem(item);
        const found = read.find(item.id);
        if (found !== undefined && !(found < COUNT)) throw new Error(`found item ${found} of ${COUNT}`);
      }
      read.find('nobody');
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
    }
  },
});
