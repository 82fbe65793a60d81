import { FILES, type Manifest, MANIFEST, PAIRS_FILE } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';
import { buildArtifact } from '../train/buildArtifact.ts';
import { trainModel } from '../train/trainModel.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop, type ShopOptions, trainOptions } from './shopOptions.ts';
import { checkReplaceable, writeFolder } from './writeFolder.ts';

/** `evershelf train`: events and items in, an artifact out. */
export async function train(options: ShopOptions & { out: string }): Promise<void> {
  const names = new Set<string>([MANIFEST, PAIRS_FILE, ...Object.values(FILES)]);
  await checkReplaceable(options.out, (name) => names.has(name));
  const { log, items, schema } = await readNamedShop(options);
  if (log.count < 2) throw new InputError(`found ${log.count} event, wanted at least two to train on`);
  const line = progressLine();
  try {
    const model = await trainModel(
      log,
      log.count,
      items,
      schema,
      trainOptions(options),
      line.progress,
      options.threads,
    );
    line.end(true);
    const files = await buildArtifact(log, items, model, trainOptions(options));
    await writeFolder(options.out, files);
    const { id } = JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as Manifest;
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    console.log(
      `${options.out}: model ${id}, ${items.length.toLocaleString('en')} items, ${(bytes / 1e6).toFixed(1)} MB`,
    );
  } catch (error) {
    line.end(false);
    throw error;
  }
}
