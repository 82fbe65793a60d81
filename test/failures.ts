import { stripVTControlCharacters } from 'node:util';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';

/** What `test/run.ts` reads of the report that vitest writes. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Why the file failed, where no test of it did. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Tests that failed, and files of which what runs before or after the tests did: a line each, with what was said first. */
export function vitestFailures({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => failure(fullName, failureMessages?.[0]));
    return failed.length > 0 || status !== 'failed' ? failed : [failure(name, message)];
  });
}

/** Tests that failed, or passed at a second try only: a line each, with what was said first. */
export function playwrightFailures({ suites, errors }: JSONReport): string[] {
  const within = ({ file, specs, suites: inner = [] }: JSONReportSuite): string[] => [
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
        .map((test) =>
          failure(`${file} › ${title}`, test.results.find(({ error }) => error)?.error?.message),
        ),
    ),
    ...inner.flatMap(within),
  ];
  return [...suites.flatMap(within), ...errors.map((error) => failure('Playwright', error.message))];
}

function failure(name: string, message = ''): string {
  const [first = ''] = stripVTControlCharacters(message).trim().split('\n');
  return first === '' ? name : `${name}: ${first}`;
}
