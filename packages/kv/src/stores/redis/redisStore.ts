import { randomBytes } from 'node:crypto';
import { ServiceError } from '../../ServiceError.ts';
import { eachOf } from '../eachOf.ts';
import { inPieces } from '../inPieces.ts';
import type { Key, Store, Value } from '../Store.ts';
import { within } from '../within.ts';
import { fieldOf, nameOf } from './fieldOf.ts';
import { type Client, openClient } from './openClient.ts';
import { putFields } from './putFields.ts';

export interface RedisOptions {
  /** What the keys of this store's hashes start with; default `evershelf`. */
  readonly prefix?: string;
  /** How many replicas must have a write before it counts; default 0: the server that was asked, and no other. */
  readonly replicas?: number;
  /** How long a command may wait for a connection and for its answer, in milliseconds; default 5,000. */
  readonly patience?: number;
}

/** Redis does nothing else while it runs a command: none is about more records, or writes more characters unless one value has them. */
const RECORDS = 100;
const CHARACTERS = 1 << 20;
/** Commands under way at once. */
const COMMANDS = 32;

/**
 * Field and value in turn, of all fields of a hash. All at once, as a cursor of HSCAN is worth nothing on the replica that takes
 * over; in a script, as the client makes an object of HGETALL's answer, whose keys cannot be bytes.
 */
const SCAN = `return redis.call('HGETALL', KEYS[1])`;

/**
 * A store in Redis, or in a Redis Cluster: each group is a hash. A lost connection is taken up again; a cluster may move slots
 * and fail over.
 *
 * @param address `redis://USER:PASSWORD@HOST:PORT/DATABASE`, of which all but the host may be left out; of a cluster
 *   `redis-cluster://HOST:PORT,HOST:PORT`, some nodes that know the others; `rediss://` and `rediss-cluster://` for TLS
 * @throws {ServiceError} where there is no answer, here and from each function
 */
export async function redisStore(address: string, options: RedisOptions = {}): Promise<Store> {
  const { prefix = 'evershelf', replicas = 0, patience = 5000 } = options;
  if (/[{}]/.test(prefix) || !isWhole(replicas, 0) || !isWhole(patience, 1))
    throw new ServiceError(
      `redis: found prefix ${JSON.stringify(prefix)}, replicas ${replicas} and patience ${patience}, wanted a prefix without braces and whole numbers, patience above 0`,
    );
  const client = await openClient(address, patience);
  // WAIT holds up all that comes behind it on its connection, so reads have another.
  const writer = replicas === 0 ? client : await openClient(address, patience);
  const answered = <T>({ name, trouble }: Client, work: Promise<T>): Promise<T> =>
    within(work, patience, (reason) => {
      const last = trouble();
      return new ServiceError(
        `${name}: found no answer (${[...new Set([reason, last ?? reason])].join('; ')}), wanted one within ${patience} ms, see that Redis runs there and lets this user in`,
      );
    });
  const keyOf = (group: string): string => `${prefix}:{${group}}`;

  const store: Store = {
    async getMany(keys) {
      const values = Array.from<Value | undefined>({ length: keys.length });
      await eachOf(piecesOf(keys), COMMANDS, async ({ group, places }) => {
        const fields = places.map((place) => fieldOf(keys[place]![1]));
        const texts = await answered(client, client.redis.hmget(keyOf(group), ...fields));
        places.forEach((place, i) => {
          const text = texts[i];
          if (typeof text === 'string') values[place] = valueOf(text);
        });
      });
      return values;
    },
    async putMany(entries, version) {
      const keys = entries.map(([key]) => key);
      const texts = entries.map(([, value]) => JSON.stringify(value));
      const written = entries.map(() => false);
      const token = randomBytes(6).toString('base64url');
      await eachOf(
        piecesOf(keys, (place) => texts[place]!.length),
        COMMANDS,
        async ({ group, places }) => {
          const fields = places.flatMap((place) => [fieldOf(keys[place]![1]), texts[place]!]);
          const args = [version, token, ...fields];
          const put = putFields(writer.redis, keyOf(group), args, {
            count: replicas,
            reader: client.redis,
            patience,
          });
          (await answered(writer, put)).forEach((flag, i) => {
            written[places[i]!] = flag === 1;
          });
        },
      );
      return written;
    },
    async deleteMany(keys) {
      await eachOf(piecesOf(keys), COMMANDS, ({ group, places }) =>
        answered(writer, writer.redis.hdel(keyOf(group), ...places.map((place) => fieldOf(keys[place]![1])))),
      );
    },
    async *scan(group) {
      const flat = (await answered(
        client,
        client.redis.callBuffer('EVAL', SCAN, 1, keyOf(group)),
      )) as Buffer[];
      const records: [string, Buffer][] = [];
      for (let i = 0; i < flat.length; i += 2) records.push([nameOf(flat[i]!), flat[i + 1]!]);
      records.sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [name, bytes] of records) yield [name, valueOf(bytes.toString())];
    },
    async close() {
      client.redis.disconnect();
      writer.redis.disconnect();
    },
  };
  try {
    // The client leaves a connection in database 0 where there is no such one, and says nothing.
    if (client.database > 0) await answered(client, client.redis.call('SELECT', client.database));
    await store.getMany([['shop', 'shop']]);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}

/** Places of keys, all of one group, as many as one command is about. */
interface Piece {
  readonly group: string;
  readonly places: readonly number[];
}

function piecesOf(keys: readonly Key[], charactersOf: (place: number) => number = () => 0): Piece[] {
  const byGroup = new Map<string, number[]>();
  keys.forEach(([group], place) => {
    const places = byGroup.get(group);
    if (places === undefined) byGroup.set(group, [place]);
    else places.push(place);
  });
  return [...byGroup].flatMap(([group, places]) =>
    inPieces(places, RECORDS, CHARACTERS, charactersOf).map((piece) => ({ group, places: piece })),
  );
}

/** Behind version and token, in neither of which is a space. */
function valueOf(text: string): Value {
  return JSON.parse(text.slice(text.indexOf(' ', text.indexOf(' ') + 1) + 1)) as Value;
}
