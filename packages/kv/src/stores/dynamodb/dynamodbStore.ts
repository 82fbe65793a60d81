import { randomBytes } from 'node:crypto';
import type { AttributeValue, KeysAndAttributes, WriteRequest } from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../../ServiceError.ts';
import { eachOf } from '../eachOf.ts';
import { importPeer } from '../importPeer.ts';
import { inPieces } from '../inPieces.ts';
import type { Key, Store, Value } from '../Store.ts';
import { ensureTable } from './ensureTable.ts';
import { untilProcessed } from './untilProcessed.ts';

export interface DynamodbOptions {
  /** Default: as the AWS SDK finds it (`AWS_REGION`, the profile, the machine's role); so are credentials, always. */
  readonly region?: string;
  /** Address of another server that speaks DynamoDB, such as DynamoDB Local: `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** Whether a missing table is created, paid per request; default true. */
  readonly createTable?: boolean;
}

/** DynamoDB reserves these words. */
const NAMES = { '#group': 'group', '#name': 'name', '#value': 'value' };
/** Most that one request may be about. */
const READS = 100;
const DELETES = 25;
/** Requests under way at once, of one call. */
const REQUESTS = 32;
/** How long a connection may take to open, and an answer to come, in milliseconds; and how often a request is sent. */
const CONNECTING = 2000;
const ANSWERING = 5000;
const ATTEMPTS = 5;

/**
 * A store in a table of DynamoDB: partition key `group` (text), sort key `name` (bytes: UTF-16, high byte first, so in the order of
 * JavaScript's texts), `version` (number), `value` (text: JSON), `writer` (text: who wrote it). Reads are strongly consistent.
 *
 * @throws {ServiceError} where the table is missing and may not be created, is made otherwise, or does not answer; each function throws
 *   it where the table does not answer
 */
export async function dynamodbStore(table: string, options: DynamodbOptions = {}): Promise<Store> {
  const { region, endpoint, createTable = true } = options;
  const sdk = await importPeer('@aws-sdk/client-dynamodb', () => import('@aws-sdk/client-dynamodb'));
  const client = new sdk.DynamoDB({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTING,
      requestTimeout: ANSWERING,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 2 * REQUESTS },
      httpsAgent: { maxSockets: 2 * REQUESTS },
    },
  });
  const answered = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      const { name, message } = error as Error;
      throw new ServiceError(
        `DynamoDB table ${table}: found no answer (${name}: ${message}), wanted one, see to region, credentials, rights and limits`,
      );
    }
  };

  try {
    await answered(ensureTable(client, table, createTable));
  } catch (error) {
    client.destroy();
    throw error;
  }
  return {
    async getMany(keys) {
      const values = new Map<string, Value>();
      const distinct = [...new Map(keys.map((key) => [idOf(key), key])).values()];
      await eachOf(inPieces(distinct, READS), REQUESTS, (piece) => {
        const request: KeysAndAttributes = {
          Keys: piece.map(toKey),
          ConsistentRead: true,
          ProjectionExpression: '#group, #name, #value',
          ExpressionAttributeNames: NAMES,
        };
        return answered(
          untilProcessed(table, request, async (left) => {
            const answer = await client.batchGetItem({ RequestItems: { [table]: left } });
            for (const item of answer.Responses?.[table] ?? [])
              values.set(idOf([item['group']!.S!, nameOf(item)]), valueOf(item));
            return answer.UnprocessedKeys?.[table];
          }),
        );
      });
      return keys.map((key) => values.get(idOf(key)));
    },
    async putMany(entries, version) {
      const texts = entries.map(([, value]) => JSON.stringify(value));
      const writer = randomBytes(6).toString('base64url');
      const places = entries.map((_, place) => place);
      return await eachOf(places, REQUESTS, async (place) => {
        const put = client.putItem({
          TableName: table,
          Item: {
            ...toKey(entries[place]![0]),
            version: { N: String(version) },
            value: { S: texts[place]! },
            writer: { S: writer },
          },
          ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
        return await answered(
          put.then(
            () => true,
            (error: unknown) => {
              if (!(error instanceof sdk.ConditionalCheckFailedException)) throw error;
              // A request whose answer was lost is sent again, and then finds what it wrote itself.
              return error.Item?.['writer']?.S === writer;
            },
          ),
        );
      });
    },
    async deleteMany(keys) {
      const distinct = [...new Map(keys.map((key) => [idOf(key), key])).values()];
      await eachOf(inPieces(distinct, DELETES), REQUESTS, (piece) => {
        const requests = piece.map((key): WriteRequest => ({ DeleteRequest: { Key: toKey(key) } }));
        return answered(
          untilProcessed(table, requests, async (left) => {
            const answer = await client.batchWriteItem({ RequestItems: { [table]: left } });
            return answer.UnprocessedItems?.[table];
          }),
        );
      });
    },
    async *scan(group) {
      let after: Record<string, AttributeValue> | undefined;
      do {
        const answer = await answered(
          client.query({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: '#group = :group',
            ProjectionExpression: '#name, #value',
            ExpressionAttributeNames: NAMES,
            ExpressionAttributeValues: { ':group': { S: group } },
            ...(after !== undefined && { ExclusiveStartKey: after }),
          }),
        );
        for (const item of answer.Items ?? []) yield [nameOf(item), valueOf(item)];
        after = answer.LastEvaluatedKey;
      } while (after !== undefined);
    },
    async close() {
      client.destroy();
    },
  };
}

function idOf([group, name]: Key): string {
  return `${group}\0${name}`;
}

function toKey([group, name]: Key): Record<string, AttributeValue> {
  return { group: { S: group }, name: { B: Buffer.from(name, 'utf16le').swap16() } };
}

function nameOf(item: Record<string, AttributeValue>): string {
  return Buffer.from(item['name']!.B!).swap16().toString('utf16le');
}

function valueOf(item: Record<string, AttributeValue>): Value {
  return JSON.parse(item['value']!.S!) as Value;
}
