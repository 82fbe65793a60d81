import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Item, Schema } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { shared, unshared } from '../workers/shared.ts';
import type { TrainOptions } from './options.ts';

/** Makes the result of a stage, or takes over the one that an interrupted run of the same training left behind. */
export type Stage = <T extends object>(name: string, make: () => Promise<T>) => Promise<T>;

/** The finished stages of a training, kept aside until it is complete. */
export interface Stages {
  readonly stage: Stage;
  /** Removes what was kept. */
  clear(): Promise<void>;
}

const DIGEST_BYTES = 32;

/**
 * Keeps stages in a folder beside the one that an artifact will be written to. What another input, other options or another
 * version left there is removed.
 *
 * @param target where the artifact goes
 * @param key from `trainingKey`
 * @param takeOver told of each stage that need not be made again
 */
export async function openStages(
  target: string,
  key: string,
  takeOver: (name: string) => void,
): Promise<Stages> {
  const folder = join(dirname(resolve(target)), `.${basename(resolve(target))}.stages`);
  const keyFile = join(folder, 'key');
  if ((await readFile(keyFile, 'utf8').catch(() => '')) !== key) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(keyFile, key);
  }
  return {
    clear: () => rm(folder, { recursive: true, force: true }),
    async stage(name, make) {
      const file = join(folder, name.replaceAll(/\W+/g, '-'));
      const kept = await readFile(file).catch(() => undefined);
      if (
        kept !== undefined &&
        digestOf(kept.subarray(DIGEST_BYTES)).equals(kept.subarray(0, DIGEST_BYTES))
      ) {
        takeOver(name);
        return shared(deserialize(kept.subarray(DIGEST_BYTES)));
      }
      const result = await make();
      const bytes = serialize(unshared(result));
      await writeFile(`${file}.new`, [digestOf(bytes), bytes]);
      await rename(`${file}.new`, file);
      return result;
    },
  };
}

/** A digest of everything that a trained model depends on: what was read, the options and the version of this package. */
export async function trainingKey(
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
): Promise<string> {
  const hash = createHash('sha256');
  for (const column of [log.time, log.item, log.sequence, log.session, log.quantity, log.kind])
    hash.update(column);
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const { sequenceKind, itemIds, kinds } = log;
  hash.update(JSON.stringify({ version, options, schema, sequenceKind, itemIds, kinds }));
  for (const item of items) hash.update(JSON.stringify(item));
  return hash.digest('hex');
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
