import { ArtifactError } from '../../../packages/model/src/index.ts';
import { parseManifest } from '../../../packages/model/src/artifact/manifest.ts';
import { editedJsonBytes } from '../arbitraries.ts';
import { smallFiles } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { jsonOf } from '../texts.ts';

export const manifest: OpenTarget = async () => ({
  reads: 'manifests of artifacts',
  drawn: editedJsonBytes(jsonOf((await smallFiles()).get('manifest.json')!)),
  run(input) {
    try {
      parseManifest(input);
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
    }
  },
});
