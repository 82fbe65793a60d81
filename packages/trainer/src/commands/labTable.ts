import { tableSize } from '../lab/tableSize.ts';
import { tableSizeReport, tableSizeText } from '../report/tableSizeReport.ts';
import { reported, type ReportedOptions } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

/** `evershelf lab table`: what small tables cost. */
export function labTable(options: ReportedOptions): Promise<void> {
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      tableSize(workers, log, items, schema, trainOptions(options), progress),
    text: tableSizeText,
    files: async (result) => new Map([['report.md', tableSizeReport(result)]]),
    isOurs: (name) => name === 'report.md',
  });
}
