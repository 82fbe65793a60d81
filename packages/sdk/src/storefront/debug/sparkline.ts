import { svg } from './h.ts';

const [WIDTH, HEIGHT, MARGIN] = [240, 36, 4];

/** How long the latest answers took, as a line. */
export function sparkline(): { readonly element: Element; update(values: readonly number[]): void } {
  const line = svg('polyline', { class: 'spark-line' });
  const dot = svg('circle', { class: 'spark-dot', r: '3', hidden: '' });
  return {
    element: svg(
      'svg',
      { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
      line,
      dot,
    ),
    update(values) {
      const top = Math.max(...values, 1);
      const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
      const points = values.map((value, place) => [
        (MARGIN + place * step).toFixed(1),
        (HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN)).toFixed(1),
      ]);
      line.setAttribute('points', points.join(' '));
      const last = points.at(-1);
      dot.toggleAttribute('hidden', last === undefined);
      if (last === undefined) return;
      dot.setAttribute('cx', last[0]!);
      dot.setAttribute('cy', last[1]!);
    },
  };
}
