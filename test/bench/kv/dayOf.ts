import { LIVE_HALF_LIVES } from '../../../packages/model/src/index.ts';

/** What a shop and its shoppers do in a day. */
export const DAY = {
  shoppers: 10_000_000,
  /** Of them with a device that was never there, and pages that one opens, with shelves of so many cards. */
  newDevices: 0.2,
  pages: 5,
  shelves: 2,
  cards: 24,
  /** Minutes that somebody looks at one of them. */
  minutes: 5,
  /** Items of the shop, and how many of them are put in a day: new ones, other prices, sold out. */
  items: 20_000,
  puts: 200,
} as const;

/** List prices in dollars; where from and as of when stands in docs/metadata.md. */
export const PRICES = {
  /** Amazon CloudFront, a million HTTPS requests and a gigabyte, Europe or North America, first tier. */
  requests: 1.0,
  gigabyte: 0.085,
  /** bunny.net, a gigabyte in Europe and North America; requests cost nothing. */
  flatGigabyte: 0.01,
  /** Amazon DynamoDB, a million read request units on demand; an item below 4 kB, eventually consistent, is half of one. */
  readUnits: 0.125,
} as const;

interface DayRow {
  readonly way: string;
  /** Of browsers, and of these, those that reach the service or the store. */
  readonly requests: number;
  readonly reaching: number;
  readonly gigabytes: number;
  /** Dollars where requests and bytes are paid for, and where bytes alone are. */
  readonly paidByRequest: number;
  readonly paidByByte: number;
}

/** Bytes of answers with Brotli, as they were measured. */
export interface AnswerBytes {
  /** Of one item in a page, and of the changes of a visit that is current. */
  readonly pageItem: number;
  readonly changes: number;
  /** Of a lookup of 24 items. */
  readonly lookup: number;
}

/** Headers of an answer. */
export const HEADERS = 300;

/**
 * A day of shelves, by a lookup for each shelf and by pages behind a CDN.
 *
 * Puts fall on pages at random: of P pages, P (1 - (1 - 1/P)^puts) have changed since yesterday. A new device fetches all pages,
 * another one those that changed; each page that is opened asks for the changes once, and each minute; counters are asked for once in
 * five minutes, and taken as if nothing could be compressed of them.
 */
export function dayOf(bytes: AnswerBytes, pageCounts: readonly number[]): DayRow[] {
  const { shoppers, newDevices, pages, shelves, cards, minutes, items, puts } = DAY;
  const lookups = shoppers * pages * shelves;
  const gigabytes = (requests: number, each: number): number => (requests * (each + HEADERS)) / 1e9;
  const lookupBytes = gigabytes(lookups, bytes.lookup);
  const units = (lookups * cards) / 2 / 1e6;
  const rows: DayRow[] = [
    {
      way: 'a lookup for each shelf, DynamoDB behind it',
      requests: lookups,
      reaching: lookups,
      gigabytes: lookupBytes,
      paidByRequest: units * PRICES.readUnits + lookupBytes * PRICES.gigabyte,
      paidByByte: units * PRICES.readUnits + lookupBytes * PRICES.flatGigabyte,
    },
  ];
  for (const count of pageCounts) {
    const changed = count * (1 - (1 - 1 / count) ** puts);
    const fetched = shoppers * (newDevices * count + (1 - newDevices) * changed);
    const asked = shoppers * (pages + minutes);
    const counted = shoppers * Math.ceil(minutes / 5);
    const requests = fetched + asked + counted;
    const all =
      gigabytes(fetched, (bytes.pageItem * items) / count) +
      gigabytes(asked, bytes.changes) +
      gigabytes(counted, LIVE_HALF_LIVES.length * items);
    // A CDN asks for each page once a revision and place, for the changes once a second and place, for counters once a flush.
    const reaching = PLACES * (puts + count + 86_400 + 86_400 / FLUSH);
    rows.push({
      way: `${count} pages behind a CDN`,
      requests,
      reaching,
      gigabytes: all,
      paidByRequest: (requests / 1e6) * PRICES.requests + all * PRICES.gigabyte,
      paidByByte: all * PRICES.flatGigabyte,
    });
  }
  return rows;
}

/** Places of a CDN that ask for themselves, and seconds between two counts. */
export const PLACES = 20;
const FLUSH = 5;
