import { FILES, type Manifest, MANIFEST, PAIRS_FILE } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';
import { buildArtifact } from '../train/buildArtifact.ts';
import { contentModel } from '../train/contentModel.ts';
import { FEW_EVENTS } from '../train/options.ts';
import { openStages, trainingKey } from '../train/stages.ts';
import { trainModel } from '../train/trainModel.ts';
import { withWorkers } from '../workers/Workers.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop } from './readNamedShop.ts';
import type { ShopOptions } from './shopOptions.ts';
import { threadsWithin } from './threadsWithin.ts';
import { trainOptions } from './trainOptions.ts';
import { checkReplaceable, writeFolder } from './writeFolder.ts';

/**
 * `evershelf train`: events and items in, an artifact out; of a shop without events a model of its items alone. What was interrupted goes on from its
 * last finished stage.
 */
export async function train(options: ShopOptions & { out: string }): Promise<void> {
  const names = new Set<string>([MANIFEST, PAIRS_FILE, ...Object.values(FILES)]);
  await checkReplaceable(options.out, (name) => names.has(name));
  if (options.events === undefined && options.items === undefined)
    throw new InputError('found neither --events nor --items, wanted items at least');
  const shop = await readNamedShop(options);
  const { log, items, schema } = shop;
  if (items.length === 0)
    throw new InputError(`${options.items!.join(', ')}: found no item, wanted some to begin with`);
  if (options.events !== undefined && log.count < 2)
    throw new InputError(`found ${log.count} event, wanted at least two to train on`);
  const own = trainOptions(options);
  if (options.events !== undefined && log.count < FEW_EVENTS && schema.length > 0)
    console.error(`! ${fewEvents(log.count)}`);
  const threads = threadsWithin(shop, options);
  const stages = await openStages(options.out, await trainingKey(log, items, schema, own), (name) =>
    console.error(`${name}: finished by an earlier run, taken over`),
  );
  const line = progressLine();
  try {
    const model = await withWorkers(threads, (workers) =>
      options.events === undefined
        ? contentModel(workers, items, schema, own, line.progress)
        : trainModel(workers, log, log.count, items, schema, own, line.progress, stages.stage),
    );
    line.end(true);
    const files = await buildArtifact(log, items, model, own);
    await writeFolder(options.out, files);
    await stages.clear();
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

function fewEvents(found: number): string {
  return (
    `found ${found.toLocaleString('en')} events, wanted ${FEW_EVENTS.toLocaleString('en')} or more: of so few a model of the items ` +
    'alone is better. Train without --events, let the metadata service count what happens (it goes into every shelf), ' +
    'and train on its log once that has thousands; see docs/feed.md'
  );
}
