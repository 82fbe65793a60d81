import type { Method, Moment } from './Method.ts';

/** A method that several others build on: it takes in each event once, and scores each moment once. */
export interface Remembered extends Method {
  /** The scores of all items, until the next moment. */
  scores(moment: Moment): Float32Array;
}

export function remembered(method: Method, items: number): Remembered {
  const held = new Float32Array(items);
  let latest = -1;
  let scored: Moment | undefined;
  const scores = (moment: Moment): Float32Array => {
    if (moment !== scored) method.score(moment, held);
    scored = moment;
    return held;
  };
  return {
    observe(e) {
      if (e !== latest) method.observe(e);
      latest = e;
    },
    score: (moment, out) => out.set(scores(moment)),
    scores,
  };
}
