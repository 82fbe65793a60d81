import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import { type AnswerBytes, dayOf } from './dayOf.ts';

/** Pages that the sums are made for: the service's default, and fewer. */
const PAGES = [256, 32];

/** The sums of a day, as docs/metadata.md shows them. */
export function dayReport(bytes: AnswerBytes): string {
  const millions = (count: number): string => (count / 1e6).toFixed(count < 1e8 ? 1 : 0);
  const dollars = (amount: number): string => Math.round(amount).toLocaleString('en');
  return markdownTable(
    [
      'shelves by',
      'requests, millions',
      'that reach the service',
      'gigabytes',
      '$ by request and byte',
      '$ by byte',
    ],
    dayOf(bytes, PAGES).map((row) => [
      row.way,
      millions(row.requests),
      `${millions(row.reaching)} M`,
      dollars(row.gigabytes),
      dollars(row.paidByRequest),
      dollars(row.paidByByte),
    ]),
  );
}
