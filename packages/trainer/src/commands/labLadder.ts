import { ladder } from '../lab/ladder.ts';
import { ladderReport, ladderText } from '../report/ladderReport.ts';
import { type LabOptions, seedsOf } from './labOptions.ts';
import { reported } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

/** `evershelf lab ladder`: what each rung of the ladder is worth on items that come after training. */
export function labLadder(options: LabOptions): Promise<void> {
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      ladder(workers, log, items, schema, trainOptions(options), seedsOf(options), progress),
    text: ladderText,
    async files(result) {
      // Drawing needs a chart library that nothing else does.
      const { ladderCharts } = await import('../report/ladderCharts.ts');
      return new Map([['report.md', ladderReport(result)], ...ladderCharts(result)]);
    },
    isOurs: (name) => name === 'report.md' || /^ladder-\w+\.svg$/.test(name),
  });
}
