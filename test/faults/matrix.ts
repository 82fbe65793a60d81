import { readFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import { type Certificates, makeCertificates } from './certificates.ts';
import { type Fault, tryFault } from './cell.ts';
import { type FaultRow, HELD, KEPT, type UntriedRow } from './faultRows.ts';
import { openStand, type Stand } from './stand.ts';

const test = base.extend<object, { certificates: Certificates; stand: Stand }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads off the pattern which fixtures are wanted
  certificates: [async ({}, use) => use(await makeCertificates()), { scope: 'worker' }],
  launchOptions: [
    async ({ launchOptions, certificates }, use) =>
      use({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), certificates.trusted],
        // As browsers do, and Playwright does not unless told.
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      }),
    { scope: 'worker' },
  ],
  stand: [
    async ({ certificates }, use) => {
      const stand = await openStand(certificates);
      await use(stand);
      await stand.close();
    },
    { scope: 'worker' },
  ],
});

/**
 * A part of the fault matrix: a test for each row, which keeps what it found where the run can read it, and one that holds the rows
 * against those of the documents, which are to say of each that it was survived.
 *
 * @param area such as `service`
 * @param tried what tries a row; default `tryFault`
 */
export function matrix(area: string, faults: readonly Fault[], tried = tryFault): void {
  test.describe(area, () => {
    for (const fault of faults)
      test(fault.fault, async ({ stand, page: usual, playwright, launchOptions }, info) => {
        info.annotations.push({ type: 'fault', description: JSON.stringify(rowOf(area, fault)) });
        const own = fault.browser && (await playwright.chromium.launch(fault.browser(launchOptions)));
        try {
          const page = own === undefined ? usual : await (await own.newContext()).newPage();
          await tried(fault, { stand, context: page.context(), page });
        } finally {
          await own?.close();
          await stand.mend();
        }
      });

    test(HELD, () => {
      const rows = JSON.parse(readFileSync(KEPT, 'utf8')) as FaultRow[];
      expect(rows.filter((row) => row.area === area)).toEqual(
        faults.map((fault) => ({ ...rowOf(area, fault), survived: true })),
      );
    });
  });
}

function rowOf(area: string, { fault, answers, recovers }: Fault): UntriedRow {
  return { area, fault, ...answers, recovers };
}
