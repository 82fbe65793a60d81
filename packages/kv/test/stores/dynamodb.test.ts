import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { dynamodbStore, type DynamodbOptions, type Key, ServiceError, type Store } from '../../src/index.ts';
import { describeWith } from '../servers/describeWith.ts';
import { dynamoDbLocal } from '../servers/dynamoDbLocal.ts';
import { freePorts } from '../servers/freePorts.ts';
import { type DynamoDbServer, startDynamoDbLocal } from '../servers/startDynamoDbLocal.ts';
import { startProxy } from '../servers/startProxy.ts';
import { startThrottling } from '../servers/startThrottling.ts';
import { storeContract } from './storeContract.ts';
import { sharingContract, survivalContract } from './survivalContract.ts';

/** It ends before what Java's second compiler and its threads for garbage take would pay: a third less of the processor's time. */
const PLAIN = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

describeWith(dynamoDbLocal.missing(), 'dynamodbStore', () => {
  const key: Key = ['group', 'ä'];
  let server: DynamoDbServer;
  let options: DynamodbOptions;
  let tables = 0;
  beforeAll(async () => {
    // DynamoDB Local takes any; processes of the tests inherit them.
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    server = await startDynamoDbLocal(...PLAIN);
    options = { region: 'local', endpoint: server.endpoint };
  }, 60_000);
  afterAll(() => server.stop());

  const newPlace = async (): Promise<string> =>
    `dynamodb://place${tables++}?region=local&endpoint=${server.endpoint}`;
  storeContract(() => dynamodbStore(`store${tables++}`, options));
  survivalContract(newPlace);
  sharingContract(newPlace);

  const opened = async (table: string, more: DynamodbOptions = {}): Promise<Store> => {
    const store = await dynamodbStore(table, { ...options, ...more });
    onTestFinished(() => store.close());
    return store;
  };
  const client = (): DynamoDB => {
    const client = new DynamoDB({ region: 'local', endpoint: server.endpoint });
    onTestFinished(() => client.destroy());
    return client;
  };

  it('creates its table, paid per request, once for all who come at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => opened('together')));
    expect(
      (await Promise.all(stores.map((store) => store.putMany([[key, {}]], 1)))).flat().filter(Boolean),
    ).toEqual([true]);
    const { Table } = await client().describeTable({ TableName: 'together' });
    expect(Table).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [
        { AttributeName: 'group', KeyType: 'HASH' },
        { AttributeName: 'name', KeyType: 'RANGE' },
      ],
    });
  });

  it('keeps names as UTF-16, high byte first, and values as JSON', async () => {
    const store = await opened('looks');
    await store.putMany([[['item/1', 'aä'], { n: 1 }]], 5);
    const { Items } = await client().scan({ TableName: 'looks' });
    expect(Items).toEqual([
      {
        group: { S: 'item/1' },
        name: { B: new Uint8Array([0, 0x61, 0, 0xe4]) },
        version: { N: '5' },
        value: { S: '{"n":1}' },
        writer: { S: expect.any(String) },
      },
    ]);
  });

  it('asks again for what a batch left unprocessed', async () => {
    const throttling = await startThrottling(server.endpoint);
    // Its pauses, which untilProcessed.test.ts looks at, are as short as they may be.
    const random = vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(async () => {
      random.mockRestore();
      await throttling.stop();
    });
    const store = await opened('throttled', { endpoint: throttling.endpoint });
    const keys = Array.from({ length: 120 }, (_, i): Key => ['group', `name ${i}`]);
    await store.putMany(
      keys.map((each, i) => [each, { i }] as const),
      1,
    );
    expect(await store.getMany(keys)).toEqual(keys.map((_, i) => ({ i })));
    await store.deleteMany(keys);
    expect(await store.getMany(keys)).toEqual(keys.map(() => undefined));
    expect(throttling.held()).toBeGreaterThan(300);
  });

  it('counts what it wrote as written, also where the answer was lost and the request sent again', async () => {
    const proxy = await startProxy(Number(new URL(server.endpoint).port));
    onTestFinished(() => proxy.stop());
    const store = await opened('lost', { endpoint: `http://127.0.0.1:${proxy.port}` });
    const lost = proxy.loseAnswer();
    expect(await store.putMany([[key, { n: 1 }]], 1)).toEqual([true]);
    await lost;
    expect(await store.putMany([[key, { n: 2 }]], 1)).toEqual([false]);
    expect(await store.getMany([key])).toEqual([{ n: 1 }]);
  });

  it('refuses a table that is missing where it may not create one, and one that is keyed otherwise', async () => {
    await expect(opened('missing', { createTable: false })).rejects.toThrow(
      'DynamoDB table missing: found none, wanted one with partition key group (S) and sort key name (B), create it',
    );
    await client().createTable({
      TableName: 'others',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    await expect(opened('others')).rejects.toThrow(
      'DynamoDB table others: found keys id (S, HASH), wanted group (S, HASH), name (B, RANGE)',
    );
  });

  it('says that nobody answers', async () => {
    const [port] = await freePorts(1);
    const error = await opened('nowhere', { endpoint: `http://127.0.0.1:${port}` }).catch(
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(ServiceError);
    expect((error as Error).message).toMatch(
      /^DynamoDB table nowhere: found no answer \(.*ECONNREFUSED.*\), wanted one/,
    );
  });
});
