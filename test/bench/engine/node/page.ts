import { installDawn } from '../../../../packages/sdk/src/node/installDawn.ts';
import type { Offered } from '../page/offered.ts';

/** What the bench calls in the browser, in a process of Node: asked by messages, one answer each. */
await installDawn();
await import('../page/offered.ts');
const { offered } = globalThis as unknown as { offered: Offered };

export interface Question {
  readonly name: keyof Offered;
  readonly args: readonly unknown[];
}
export type Answer = { readonly value: unknown } | { readonly error: string };

process.on('message', ({ name, args }: Question) => {
  const call = offered[name] as (...args: readonly unknown[]) => unknown;
  void Promise.resolve()
    .then(() => call(...args))
    .then(
      (value): Answer => ({ value }),
      (error: Error): Answer => ({ error: error.message }),
    )
    .then((answer) => process.send!(answer));
});
process.send!('ready');
