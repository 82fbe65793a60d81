import { retrainingWindow } from '../lab/retrainingWindow.ts';
import { windowReport, windowText } from '../report/windowReport.ts';
import { type LabOptions, seedsOf } from './labOptions.ts';
import { reported } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

export interface WindowCommand extends LabOptions {
  windows: number[];
  weeks: number;
  judged: number;
}

/** `evershelf lab window`: how long a window a model needs, and how long it lasts without another training. */
export function labWindow(options: WindowCommand): Promise<void> {
  const { windows, weeks, judged } = options;
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      retrainingWindow(
        workers,
        log,
        items,
        schema,
        trainOptions(options),
        { windows, weeks, judged, seeds: seedsOf(options) },
        progress,
      ),
    text: windowText,
    async files(result) {
      // Drawing needs a chart library that nothing else does.
      const { windowCharts } = await import('../report/windowCharts.ts');
      return new Map([['report.md', windowReport(result)], ...windowCharts(result)]);
    },
    isOurs: (name) => name === 'report.md' || /^window-\w+\.svg$/.test(name),
  });
}
