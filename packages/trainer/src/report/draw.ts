import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, SVGRenderer]);

/** Pixels; a phone's width, which pages of more room place several of in a row. */
const WIDTH = 360;

/** Colours that stand for the page's variables, so that a chart follows its light or dark look. */
const INK = '#010101';
export const FAINT = '#020202';
export const OWN = '#030303';
export const OTHER = '#040404';
const VARIABLES: Readonly<Record<string, string>> = {
  [INK]: 'var(--ink)',
  [FAINT]: 'var(--faint)',
  [OWN]: 'var(--own)',
  [OTHER]: 'var(--other)',
};
/** Lines beside evershelf's; told apart on light and on dark. */
export const LINES = ['#2a9d8f', '#e9a03b', '#d1495b', '#7b6fd0', '#5b8def'];

export const TEXT = { fontFamily: 'system-ui, sans-serif', fontSize: 12, color: INK };

/** The variables of a page that a chart is drawn on. */
export const LOOK = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2430; --faint: #d5dae2; --own: #0a7f5a; --other: #8a94a6 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181f; --ink: #e4e8ef; --faint: #38404d; --own: #3fd6a0; --other: #8a94a6 }
}
`;

/** A chart as SVG that takes its colours from the page. */
export function draw(option: ComposeOption<never>, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: TEXT, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return Object.entries(VARIABLES).reduce((text, [from, to]) => text.replaceAll(from, to), svg);
}

/**
 * A chart as a file of its own, light or dark as its reader wants it; `label` says what it shows. The names that echarts
 * makes up for what hovers, which count on from chart to chart, are left out: the same figures give the same bytes.
 */
export function standalone(svg: string, label: string): string {
  const still = svg
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/<style ?>.*?<\/style>/gs, '')
    .replaceAll(/\bzr\d+-/g, 'zr-');
  const start = still.indexOf('>') + 1;
  const opening = still.slice(0, start).replace('<svg ', `<svg role="img" aria-label="${label}" `);
  return `${opening}<style>${LOOK}svg { background: var(--paper) }</style>${still.slice(start)}\n`;
}
