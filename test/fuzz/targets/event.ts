import { checkEvent } from '../../../packages/kv/src/events/checkEvent.ts';
import { fromLine, toLine } from '../../../packages/kv/src/events/eventLine.ts';
import { wellFormed } from '../../../packages/kv/src/http/wellFormed.ts';
import { editedJsonBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { bytesOf, jsonOf, textOf } from '../texts.ts';

const NOW = 1_790_000_000;
const EVENT = {
  id: 'e-1',
  time: NOW - 60,
  item: 'sku-1',
  kind: 'purchase',
  quantity: 2,
  session: 's-1',
  shopper: 'u-1',
  after: [{ item: 'sku-2', age: 1 }],
  ...{ shelf: 'home', position: 1, model: 'm', propensity: 0.5, experiment: 'x', variant: 'a' },
};

/** Events from pages, and lines of a log that somebody else wrote to: what is taken reads back from the log as it was taken. */
export const event: OpenTarget = () => ({
  reads: 'events from pages, and lines of their log',
  drawn: editedJsonBytes(EVENT, JSON.parse(toLine({ ...EVENT, counts: true }))),
  run(input) {
    fromLine(textOf(input));
    const event = checkEvent(jsonOf(bytesOf(wellFormed(textOf(input)))), NOW);
    if (typeof event === 'string') {
      if (!event.includes('wanted')) throw new Error(`found ${event}`);
      return;
    }
    if (!(Math.abs(event.time - NOW) <= 86_400)) throw new Error(`found time ${event.time}`);
    const taken = { ...event, quantity: event.quantity ?? 1, counts: true };
    const line = toLine(taken);
    if (line.indexOf('\n') !== line.length - 1) throw new Error('found a line break in a line');
    const back = fromLine(line);
    const same = (each: object | undefined): string => JSON.stringify(Object.entries(each ?? {}).toSorted());
    if (same(back) !== same(taken)) throw new Error(`found ${same(back)}, wanted ${same(taken)}`);
  },
});
