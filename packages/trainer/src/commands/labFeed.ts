import { feedStart } from '../lab/feedStart.ts';
import { feedReport, feedText } from '../report/feedReport.ts';
import { reported, type ReportedOptions } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

/** `evershelf lab feed`: what a shop is worth that opens with its feed alone, and how that grows with its events. */
export function labFeed(options: ReportedOptions & { days: number; train: boolean }): Promise<void> {
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      feedStart(
        workers,
        log,
        items,
        schema,
        trainOptions(options),
        { days: options.days, trains: options.train },
        progress,
      ),
    text: feedText,
    async files(result) {
      // Drawing needs a chart library that nothing else does.
      const { feedChart } = await import('../report/feedChart.ts');
      return new Map([['report.md', feedReport(result)], feedChart(result)]);
    },
    isOurs: (name) => name === 'report.md' || name === 'feed-days.svg',
  });
}
