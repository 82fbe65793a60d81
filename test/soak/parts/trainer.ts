import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../packages/trainer/src/train/random.ts';
import { shopFolder, syntheticShop } from '../../../packages/trainer/test/syntheticShop.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';

const KILLS = { smoke: 1, short: 4, long: 100 };
/** No training is begun to be killed after so many seconds. */
const SECONDS = { smoke: 60, short: 30, long: 3000 };
const TRAINING = ['--epochs', '1', '--dim', '8', '--head-events', '50', '--threads', '2'];
/** Shoppers of the shop: some seconds of training. */
const SHOPPERS = { smoke: 20, short: 60, long: 120 };

/** Kills `evershelf train` at random moments, looks at what is there, and lets it go on from where it was. */
export async function trainer(budget: Budget): Promise<SoakRow[]> {
  const { length, tell, signal, onEnd } = budget;
  const path = await shopFolder(syntheticShop({ shoppers: SHOPPERS[length] }));
  onEnd(() => rm(path('.'), { recursive: true, force: true }));
  const random = seededRandom(1);
  const began = performance.now();

  /** Trains, and is killed so many milliseconds later unless it has ended. @returns whether it was killed, and what it took over */
  const train = async (
    out: string,
    seed: number,
    killAfter = Infinity,
  ): Promise<{ killed: boolean; takenOver: number }> => {
    signal.throwIfAborted();
    const files = ['--events', path('events.csv'), '--items', path('items.csv'), '--out', path(out)];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'packages/trainer/src/cli.ts', 'train', ...files, '--seed', `${seed}`, ...TRAINING],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    onEnd(() => child.kill('SIGKILL'));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(child, 'close') as Promise<[number | null]>;
    if (killAfter < Infinity)
      void Promise.race([pause(killAfter, undefined, { signal }), ended]).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
    const [code] = await ended;
    if (code !== 0 && code !== null) throw new Error(`found a training that ended with ${code}: ${said}`);
    return { killed: code === null, takenOver: said.split('finished by an earlier run').length - 1 };
  };

  const took = performance.now();
  await train('whole', 2);
  const long = performance.now() - took;
  const whole = await digestOf(path('whole'));
  /** A digest of a model of which to take the place. */
  let earlier: string | undefined;
  const broken: string[] = [];
  let [kills, takenOver, none, old, made] = [0, 0, 0, 0, 0];
  while (kills < KILLS[length] && (performance.now() - began) / 1000 < SECONDS[length]) {
    // Every other one is to take the place of a model that is there.
    const isOver = kills % 2 === 1;
    const out = `killed ${kills}`;
    if (isOver) {
      if (earlier === undefined) {
        await train('earlier', 1);
        earlier = await digestOf(path('earlier'));
      }
      await cp(path('earlier'), path(out), { recursive: true });
    }
    const { killed } = await train(out, 2, random() * long);
    const found = await digestOf(path(out));
    if (found === undefined) none++;
    else if (found === whole) made++;
    else if (found === earlier && isOver) old++;
    else broken.push(`found half an artifact after kill ${kills}: ${found}`);
    const resumed = await train(out, 2);
    takenOver += resumed.takenOver;
    if ((await digestOf(path(out))) !== whole) broken.push(`resumed to other bytes after kill ${kills}`);
    const left = (await readdir(path('.'))).filter((name) => name.startsWith(`.${out}`));
    if (left.length > 0)
      broken.push(`found ${left.join(', ')} after kill ${kills}, wanted nothing left over`);
    await rm(path(out), { recursive: true });
    if (killed) kills++;
    if (killed && kills % 10 === 0) tell(`${kills} of ${KILLS[length]} kills`);
  }
  return [
    {
      subject: 'evershelf train',
      seconds: (performance.now() - began) / 1000,
      figures: {
        kills,
        'no artifact yet': none,
        'the earlier one': old,
        'the new one': made,
        'half of one': broken.filter((what) => what.includes('half')).length,
        'stages taken over': takenOver,
        'resumed to other bytes': broken.filter((what) => what.includes('other bytes')).length,
      },
      broken,
    },
  ];
}

/** A digest of all files of a folder, undefined where there is none. */
async function digestOf(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return undefined;
  const hash = createHash('sha256');
  for (const name of names.toSorted()) hash.update(name).update(await readFile(join(folder, name)));
  return hash.digest('hex');
}
