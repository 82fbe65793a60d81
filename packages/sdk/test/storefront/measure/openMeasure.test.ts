import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DrawnShelf } from '../../../src/storefront/measure/DrawnShelf.ts';
import { openMeasure } from '../../../src/storefront/measure/openMeasure.ts';
import type { TrackedEvent } from '../../../src/types.ts';

let tracked: TrackedEvent[];
/** What waits for its time to come, the next first. */
let timers: Map<number, () => void>;
const elapse = (): void => {
  for (const [timer, due] of timers) {
    timers.delete(timer);
    due();
  }
};

/** A browser in whose window all stands that is looked for. */
class Window {
  readonly #tell: (entries: object[]) => void;
  constructor(tell: (entries: object[]) => void) {
    this.#tell = tell;
  }
  observe(target: object): void {
    this.#tell([{ target, isIntersecting: true, intersectionRatio: 1 }]);
  }
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  tracked = [];
  timers = new Map();
  let last = 0;
  vi.stubGlobal('setTimeout', (due: () => void) => timers.set(++last, due) && last);
  vi.stubGlobal('clearTimeout', (timer: number) => timers.delete(timer));
  vi.stubGlobal('IntersectionObserver', Window);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('location', { pathname: '/', search: '', hash: '' });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => vi.unstubAllGlobals());

const shop = {
  show: (events: readonly TrackedEvent[]) => void tracked.push(...events),
  page: () => ({}),
  consent: () => 'none',
  pending: () => false,
  on: () => () => {},
} as unknown as Parameters<typeof openMeasure>[0];

const shelfOf = (count: number): DrawnShelf =>
  ({
    element: new EventTarget(),
    name: 'home',
    answer: { model: 'm' },
    cards: Array.from({ length: count }, (_, k) => ({
      element: new EventTarget(),
      recommended: { item: { id: `${k}` } },
      position: k + 1,
      propensity: 1,
    })),
  }) as unknown as DrawnShelf;

describe('what a page tells of its shelves', () => {
  it('is 2,000 impressions at most, however many are seen at once', () => {
    const measure = openMeasure(shop, { announce: false });
    measure.drawn(shelfOf(2100));
    elapse();
    expect(tracked).toHaveLength(2000);
    measure.drawn(shelfOf(2200));
    elapse();
    measure.close();
    expect(tracked).toHaveLength(2000);
  });
});
