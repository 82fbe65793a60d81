import { ablation } from '../lab/ablation.ts';
import { ablationReport, ablationText } from '../report/ablationReport.ts';
import { type LabOptions, seedsOf } from './labOptions.ts';
import { reported } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

/** `evershelf lab ablation`: what each part of the score adds to the others. */
export function labAblation(options: LabOptions): Promise<void> {
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      ablation(workers, log, items, schema, trainOptions(options), seedsOf(options), progress),
    text: ablationText,
    async files(result) {
      // Drawing needs a chart library that nothing else does.
      const { ablationCharts } = await import('../report/ablationCharts.ts');
      return new Map([['report.md', ablationReport(result)], ...ablationCharts(result)]);
    },
    isOurs: (name) => name === 'report.md' || /^ablation-\w+\.svg$/.test(name),
  });
}
