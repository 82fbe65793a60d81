/** Ids of events that were taken, for an hour at least, or the latest of them. */
export interface SeenIds {
  has(id: string): boolean;
  add(id: string, now: number): void;
}

const HOUR = 3600;
/** Ids of one half of the memory: twice as many at most, half as many at least. */
const MOST = 500_000;

export function seenIds(): SeenIds {
  let young = new Set<string>();
  let old = new Set<string>();
  let began = 0;
  return {
    has: (id) => young.has(id) || old.has(id),
    add(id, now) {
      if (young.size === MOST || now - began > HOUR) [old, young, began] = [young, new Set(), now];
      young.add(id);
    },
  };
}
