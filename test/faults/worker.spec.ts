import { type Answer, type Cell, type Fault, WELL } from './cell.ts';
import { matrix } from './matrix.ts';

const WORKER: Answer = { ...WELL, answeredBy: 'worker' };
const run =
  (code: string) =>
  ({ page }: Cell) =>
    page.evaluate(code);

const asked = (rest: Omit<Fault, 'page'> & { before?: string; headers?: Record<string, string> }): Fault => {
  const { before, headers, ...fault } = rest;
  return {
    ...fault,
    page: { tag: { engine: 'worker' }, ...(before && { before }), ...(headers && { headers }) },
  };
};

/** Keeps the workers that are made in `workers`. */
const WATCHING = `
  var workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
    }
  };`;

matrix('worker', [
  asked({
    fault: 'killed, of which browsers tell nobody',
    before: WATCHING,
    strikes: run('workers.at(-1).terminate()'),
    answers: WELL,
    says: /the worker (was lost|failed): no answer within 5 s/,
    recovers: 'by itself',
    after: WORKER,
  }),
  asked({
    fault: 'that falls silent',
    before: WATCHING,
    strikes: run('workers.at(-1).postMessage = () => {}; 0'),
    answers: WELL,
    says: /the worker (was lost|failed): no answer within 5 s/,
    recovers: 'by itself',
    after: WORKER,
  }),
  asked({
    fault: 'that throws',
    before: WATCHING,
    strikes: run("workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'out of memory' })); 0"),
    answers: WELL,
    says: /the worker (was lost|failed): out of memory/,
    recovers: 'by itself',
    after: WORKER,
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
