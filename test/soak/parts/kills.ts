import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from '../../../packages/kv/test/killing/killRounds.ts';
import { dynamoDbLocal } from '../../../packages/kv/test/servers/dynamoDbLocal.ts';
import { startDynamoDbLocal } from '../../../packages/kv/test/servers/startDynamoDbLocal.ts';
import { startRedis } from '../../../packages/kv/test/servers/startRedis.ts';
import { startRedisCluster } from '../../../packages/kv/test/servers/startRedisCluster.ts';
import { seededRandom } from '../../../packages/trainer/src/train/random.ts';
import { installDynamoDbLocal } from '../../installDynamoDbLocal.ts';
import { installRedis } from '../../installRedis.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';

const ROUNDS = { smoke: 1, short: 5, long: 200 };
const EVENTS = { smoke: 20, short: 50, long: 50 };
/** No service is started after so many seconds, however few were killed. */
const SECONDS = { smoke: 10, short: 30, long: 3000 };

/** Stores that outlive a service, and how an empty one is come by. */
const STORES: Record<string, (folder: string, budget: Budget) => Promise<string>> = {
  LMDB: async (folder) => `lmdb:${folder}`,
  async Redis(_, { onEnd }) {
    const redis = await startRedis();
    onEnd(redis.stop);
    return redis.url;
  },
  async 'Redis Cluster'(_, { onEnd }) {
    const cluster = await startRedisCluster();
    onEnd(cluster.stop);
    return cluster.url;
  },
  async 'DynamoDB Local'(_, { onEnd }) {
    // Any will do there.
    process.env['AWS_ACCESS_KEY_ID'] ??= 'local';
    process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local';
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    const local = await startDynamoDbLocal();
    onEnd(local.stop);
    return `dynamodb://kills?region=local&endpoint=${local.endpoint}`;
  },
  'unstorage, files': async (folder) => `files:${join(folder, 'files')}`,
};

/** Kills the service in the middle of writes and events, on each store that outlives it, and looks for all that it acknowledged. */
export async function kills(budget: Budget): Promise<SoakRow[]> {
  const { length, tell } = budget;
  installRedis();
  const names = Object.keys(STORES).slice(0, length === 'smoke' ? 1 : Infinity);
  if (length !== 'smoke') await installDynamoDbLocal();
  const possible = names.filter((name) => {
    const missing = name === 'DynamoDB Local' ? dynamoDbLocal.missing() : undefined;
    if (missing !== undefined) tell(`${name}: left out, ${missing}`);
    return missing === undefined;
  });
  // Most of the time they wait for processes to start.
  return await Promise.all(possible.map((name, k) => killedOn(name, k, budget)));
}

async function killedOn(name: string, seed: number, budget: Budget): Promise<SoakRow> {
  const { length, tell, signal, onEnd } = budget;
  const data = await mkdtemp(join(tmpdir(), 'evershelf-soak-'));
  onEnd(() => rm(data, { recursive: true, force: true }));
  const place = await STORES[name]!(data, budget);
  const began = performance.now();
  const found = await killRounds({
    place,
    data,
    rounds: ROUNDS[length],
    eventsARound: EVENTS[length],
    seconds: SECONDS[length],
    random: seededRandom(seed),
    signal,
    onStart: (child) => onEnd(() => child.kill('SIGKILL')),
    onKill(kills) {
      if (kills % 20 === 0 || length === 'short') tell(`${name}: ${kills} of ${ROUNDS[length]} kills`);
    },
  });
  return {
    subject: name,
    seconds: (performance.now() - began) / 1000,
    figures: {
      kills: found.kills,
      'writes acknowledged': found.writes,
      'writes cut': found.cutWrites,
      'items lost or in part': found.wrongItems.length,
      'events acknowledged': found.events,
      'events lost': found.lostEvents.length,
      'events twice': found.repeatedEvents.length,
      counters: found.counters,
      'counters wrong': found.wrongCounters.length,
    },
    broken: [
      ...found.wrongItems,
      ...found.lostEvents.map((id) => `event ${id} is not in the log`),
      ...found.repeatedEvents.map((id) => `event ${id} is in the log twice`),
      ...found.strangeLines,
      ...found.wrongCounters,
      ...found.refused,
    ],
  };
}
