import { expect } from '@playwright/test';
import { type Answer, type Cell, type Fault, WELL } from './cell.ts';
import { matrix } from './matrix.ts';

const WORKER: Answer = { ...WELL, answeredBy: 'worker' };
const asked = (rest: Omit<Fault, 'page'> & { before?: string; headers?: Record<string, string> }): Fault => {
  const { before, headers, ...fault } = rest;
  return {
    ...fault,
    page: { tag: { engine: 'worker' }, ...(before && { before }), ...(headers && { headers }) },
  };
};

/** Runs code in the worker that ranks. */
const inside =
  (code: string) =>
  ({ page }: Cell) =>
    page.workers().at(-1)!.evaluate(code);

/** The worker that came in the place of another is the only one. */
const isAlone = ({ page }: Cell): Promise<void> => expect.poll(() => page.workers().length).toBe(1);

matrix('worker', [
  asked({
    fault: 'killed, of which browsers tell nobody',
    strikes: inside('close()'),
    answers: WELL,
    says: /the worker (was lost|failed): no answer within 5 s/,
    recovers: 'by itself',
    after: WORKER,
    healed: isAlone,
  }),
  asked({
    fault: 'that computes without end',
    strikes: inside('void setTimeout(() => { for (;;); })'),
    answers: WELL,
    says: /the worker (was lost|failed): no answer within 5 s/,
    recovers: 'by itself',
    after: WORKER,
    healed: isAlone,
  }),
  asked({
    fault: 'that throws',
    strikes: inside("void setTimeout(() => { throw new Error('out of memory') })"),
    answers: WELL,
    says: /the worker (was lost|failed): Uncaught Error: out of memory/,
    recovers: 'by itself',
    after: WORKER,
    healed: isAlone,
  }),
  asked({
    fault: 'blocked by policy',
    headers: { 'content-security-policy': "worker-src 'none'" },
    answers: WELL,
    says: /no worker: /,
    recovers: 'by itself',
    after: WELL,
  }),
  asked({
    fault: 'of which the script is missing',
    given: ({ context }) => context.route('**/worker.js', (route) => route.fulfill({ status: 404 })),
    answers: WELL,
    says: /no worker: /,
    heals: ({ context }) => context.unroute('**/worker.js'),
    recovers: 'by itself',
    after: WORKER,
  }),
  asked({
    fault: 'of which the script never comes',
    given: ({ context }) => context.route('**/worker.js', () => {}),
    answers: WELL,
    says: /no worker: its script did not come within 5 s/,
    heals: ({ context }) => context.unroute('**/worker.js'),
    recovers: 'by itself',
    after: WORKER,
  }),
  asked({
    fault: 'that the browser does not have',
    before: 'delete window.Worker',
    answers: WELL,
    says: /no worker: the browser has none/,
    recovers: 'by itself',
    after: WELL,
  }),
]);
