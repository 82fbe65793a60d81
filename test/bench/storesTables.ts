import type { StoresBench } from '../../packages/kv/test/stores/measureStores.ts';
import { markdownTable } from '../../packages/trainer/src/report/markdownTable.ts';

const MILLION = 1e6;
const GB = 1e9;
const PAGES = 256;
const HOURS = 730;

/** List prices in US dollars, of us-east-1 where they are Amazon's. */
const PRICES = {
  /** On demand: https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamodb: { writes: 0.625 / MILLION, reads: 0.125 / MILLION, gbMonth: 0.25 },
  /** ElastiCache Serverless for Valkey; a unit is a kilobyte: https://aws.amazon.com/elasticache/pricing/ */
  valkey: { units: 0.0023 / MILLION, gbHour: 0.084 },
  /** Paid plan: https://developers.cloudflare.com/kv/platform/pricing/ */
  workersKv: { writes: 5 / MILLION, reads: 0.5 / MILLION, gbMonth: 0.5 },
} as const;

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const dollars = (number: number): string => (number < 10 ? `$${number.toFixed(2)}` : `$${whole(number)}`);

/** How large a shop is in each store. */
export function sizesTable({ stores }: StoresBench): string {
  return markdownTable(
    ['store', 'bytes an item', 'GB of a million items', 'reads/s'],
    stores.map(({ store, items, bytes, readsPerSecond }) => [
      store,
      whole(bytes / items),
      (((bytes / items) * MILLION) / GB).toFixed(2),
      whole(readsPerSecond),
    ]),
  );
}

/** What a million items and a billion reads of the store cost, sums shown. */
export function costsTable({ stores, dynamodbRecordBytes }: StoresBench): string {
  const bytesOf = (name: string): number => {
    const { bytes, items } = stores.find(({ store }) => store === name)!;
    return bytes / items;
  };
  const { dynamodb, valkey, workersKv } = PRICES;
  const gbOf = (name: string): number => (bytesOf(name) * MILLION) / GB;
  const [valkeyGb, dynamodbGb, kvGb] = [gbOf('redis'), gbOf('dynamodb'), gbOf('unstorage, files')];
  // What goes over the wire is the record, which DynamoDB's measure is close to.
  const kilobytes = dynamodbRecordBytes / 1000;
  // A record goes through the log first, packed with others.
  const writeUnits = Math.ceil(dynamodbRecordBytes / 1024) + dynamodbRecordBytes / 1024;
  const pageItems = MILLION / PAGES;
  const pageUnits = Math.ceil((dynamodbRecordBytes * pageItems) / 4096);
  return markdownTable(
    [
      'a million items',
      'held for a month',
      'written once',
      'a billion records read, each by its key',
      'read as pages',
    ],
    [
      ['lmdb', 'the disk that it is on', '-', '-', '-'],
      [
        'redis: ElastiCache Serverless',
        `${valkeyGb.toFixed(2)} GB x ${HOURS} h x $${valkey.gbHour} = ${dollars(valkeyGb * HOURS * valkey.gbHour)}`,
        `${kilobytes.toFixed(2)} kB x $0.0023 a million = ${dollars(kilobytes * MILLION * valkey.units)}`,
        `1,000 M x ${kilobytes.toFixed(2)} kB x $0.0023 a million = ${dollars(1000 * MILLION * kilobytes * valkey.units)}`,
        'the same',
      ],
      [
        'dynamodb: on demand',
        `${dynamodbGb.toFixed(2)} GB x $${dynamodb.gbMonth} = ${dollars(dynamodbGb * dynamodb.gbMonth)}`,
        `${writeUnits.toFixed(2)} M x $0.625 = ${dollars(writeUnits * MILLION * dynamodb.writes)}`,
        `1,000 M x $0.125 = ${dollars(1000 * MILLION * dynamodb.reads)}`,
        `1,000 M / ${whole(pageItems)} x ${pageUnits} units x $0.125 a million = ${dollars(((1000 * MILLION) / pageItems) * pageUnits * dynamodb.reads)}`,
      ],
      [
        'unstorage: Workers KV',
        `${kvGb.toFixed(2)} GB x $${workersKv.gbMonth.toFixed(2)} = ${dollars(kvGb * workersKv.gbMonth)}`,
        `1 M x $5 = ${dollars(MILLION * workersKv.writes)}`,
        `1,000 M x $0.50 = ${dollars(1000 * MILLION * workersKv.reads)}`,
        'the same',
      ],
    ],
  );
}
