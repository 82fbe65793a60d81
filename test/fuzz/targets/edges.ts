import { ArtifactError, type Manifest } from '../../../packages/model/src/index.ts';
import { readEdges } from '../../../packages/model/src/artifact/readEdges.ts';
import { smallFiles } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { editedTensors } from '../tensors.ts';

const COUNT = 24;

/** Edges: all that they reach are items, with weights that are numbers. */
export const edges: OpenTarget = async () => ({
  reads: 'edges of artifacts',
  drawn: editedTensors((await smallFiles()).get('edges.safetensors')!),
  run(input) {
    try {
      const lists = readEdges('fuzzed', Uint8Array.from(input), { items: COUNT } as Manifest);
      for (let i = 0; i <= COUNT; i++)
        lists.each(i, (item, weight) => {
          if (!(item >= 0 && item < COUNT && Number.isFinite(weight)))
            throw new Error(`found an edge to ${item} of weight ${weight}`);
        });
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
    }
  },
});
