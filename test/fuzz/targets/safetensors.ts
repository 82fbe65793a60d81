import * as fc from 'fast-check';
import { ArtifactError } from '../../../packages/model/src/index.ts';
import { readSafetensors, takeTensor } from '../../../packages/model/src/artifact/safetensors.ts';
import { smallFiles } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { editedTensors } from '../tensors.ts';

/** Files of numbers, by themselves. */
export const safetensors: OpenTarget = async () => {
  const files = await smallFiles();
  return {
    reads: 'headers of safetensors',
    drawn: fc.oneof(...['tables', 'items'].map((name) => editedTensors(files.get(`${name}.safetensors`)!))),
    run(input) {
      try {
        const tensors = readSafetensors('fuzzed', Uint8Array.from(input));
        for (const [name, { shape, data }] of tensors) {
          if (data.length !== shape.reduce((product, side) => product * side, 1))
            throw new Error(`found ${data.length} numbers of shape ${JSON.stringify(shape)}`);
          takeTensor('fuzzed', tensors, name, ['U8', 'F32'], shape);
        }
      } catch (error) {
        if (!(error instanceof ArtifactError)) throw error;
      }
    },
  };
};
