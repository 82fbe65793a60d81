import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDB, TableDescription } from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../../ServiceError.ts';

/** What a table of this store is keyed by, and of what type. */
const KEYS = [
  { name: 'group', type: 'S', role: 'HASH' },
  { name: 'name', type: 'B', role: 'RANGE' },
] as const;
/** How long a new table may take to be there, in milliseconds, and how often it is looked for. */
const CREATING = 120_000;
const LOOKING = 500;

/**
 * Sees that a table is there and keyed as wanted; one that is missing is created, where `create` says so, and waited for.
 *
 * @throws {ServiceError} where it is missing, keyed otherwise, or does not get ready
 */
export async function ensureTable(client: DynamoDB, table: string, create: boolean): Promise<void> {
  let found = await describe(client, table);
  if (found === undefined) {
    if (!create)
      throw new ServiceError(
        `DynamoDB table ${table}: found none, wanted one with partition key group (S) and sort key name (B), create it`,
      );
    await createTable(client, table);
  }
  for (
    const late = Date.now() + CREATING;
    found?.TableStatus !== 'ACTIVE' && found?.TableStatus !== 'UPDATING';
  ) {
    if (Date.now() > late)
      throw new ServiceError(
        `DynamoDB table ${table}: found it ${found?.TableStatus ?? 'missing'} after ${CREATING / 1000} s, wanted it ACTIVE, look at it in AWS`,
      );
    found = await describe(client, table);
    if (found?.TableStatus !== 'ACTIVE') await pause(LOOKING);
  }
  const keys = found.KeySchema?.map(({ AttributeName: name, KeyType: role }) => {
    const type = found.AttributeDefinitions?.find((each) => each.AttributeName === name)?.AttributeType;
    return `${name} (${type}, ${role})`;
  });
  const wanted = KEYS.map(({ name, type, role }) => `${name} (${type}, ${role})`);
  if (keys?.join() !== wanted.join())
    throw new ServiceError(
      `DynamoDB table ${table}: found keys ${keys?.join(', ')}, wanted ${wanted.join(', ')}, name another table`,
    );
}

async function describe(client: DynamoDB, table: string): Promise<TableDescription | undefined> {
  try {
    return (await client.describeTable({ TableName: table })).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Two services that start at once may both find none: the second takes the table of the first. */
async function createTable(client: DynamoDB, table: string): Promise<void> {
  try {
    await client.createTable({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: KEYS.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
      KeySchema: KEYS.map(({ name, role }) => ({ AttributeName: name, KeyType: role })),
    });
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw error;
  }
}
