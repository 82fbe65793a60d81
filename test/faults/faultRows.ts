import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import type { Answer } from './cell.ts';

/** A row of the fault matrix, as a run has found it and docs/reliability/faults.json keeps it. */
export interface FaultRow extends Answer {
  readonly area: string;
  readonly fault: string;
  readonly recovers: string;
  /** Whether all held that is said of it. */
  readonly survived: boolean;
}

/** A row before it is tried. */
export type UntriedRow = Omit<FaultRow, 'survived'>;

/** The rows that the documents tell of. */
export const KEPT = new URL('../../docs/reliability/faults.json', import.meta.url);
/** Name of the test that holds an area's rows against them. */
export const HELD = 'has the rows that the documents tell of';

/** The rows of the matrix that a run of Playwright has tried, in the order of the areas' files. */
export function faultRows({ suites }: Pick<JSONReport, 'suites'>): FaultRow[] {
  const rowsOf = ({ specs, suites: inner = [] }: JSONReportSuite): FaultRow[] => [
    ...specs
      .flatMap(({ tests }) => tests)
      .flatMap(({ results }) => results)
      .flatMap(({ status, annotations }) =>
        annotations
          .filter(({ type }) => type === 'fault')
          .map(({ description = '' }) => ({
            ...(JSON.parse(description) as UntriedRow),
            survived: status === 'passed',
          })),
      ),
    ...inner.flatMap(rowsOf),
  ];
  return suites.flatMap(rowsOf);
}
