import { s } from '../dom/s.ts';

const WIDTH = 240;
const HEIGHT = 36;

/** How long the latest answers took, as a line. */
export class Sparkline {
  readonly #line = s('polyline', { class: 'spark-line' });
  readonly #dot = s('circle', { class: 'spark-dot', r: 3 });
  readonly element = s(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
    this.#line,
    this.#dot,
  );

  update(values: readonly number[]): void {
    const top = Math.max(...values, 1);
    const step = (WIDTH - 8) / Math.max(values.length - 1, 1);
    const points = values.map((value, place) => ({
      x: 4 + place * step,
      y: HEIGHT - 4 - (value / top) * (HEIGHT - 8),
    }));
    this.#line.setAttribute('points', points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '));
    const last = points.at(-1) ?? { x: -9, y: 0 };
    this.#dot.setAttribute('cx', String(last.x));
    this.#dot.setAttribute('cy', String(last.y));
  }
}
