import type { Metrics } from './metrics.ts';

const nothing = (): void => {};

/** For a service that nobody measures. */
export const unmeasured: Metrics = {
  registry: undefined,
  events: { inc: nothing },
  left: { inc: nothing },
  batches: { inc: nothing },
  streams: { inc: nothing, dec: nothing },
  answered: nothing,
  stored: nothing,
  show: nothing,
};
