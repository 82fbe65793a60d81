import { evaluate } from '../evaluate/evaluate.ts';
import type { MethodName } from '../evaluate/methods.ts';
import { markdownReport, terminalReport } from '../report/markdownReport.ts';
import { reported, type ReportedOptions } from './reported.ts';
import { trainOptions } from './trainOptions.ts';

/** The files of a report. */
const REPORTS = new Set(['report.html', 'report.md']);

export interface EvaluateOptions extends ReportedOptions {
  methods?: MethodName[];
}

/** `evershelf eval`: the model beside its baselines on the last fifth of a log. */
export function evaluateShop(options: EvaluateOptions): Promise<void> {
  return reported(options, {
    run: (workers, { log, items, schema }, progress) =>
      evaluate(workers, log, items, schema, trainOptions(options), progress, options.methods),
    text: terminalReport,
    async files(evaluation) {
      // Drawing needs a chart library that nothing else does.
      const { htmlReport } = await import('../report/htmlReport.ts');
      return new Map([
        ['report.html', htmlReport(evaluation)],
        ['report.md', `# Evaluation\n\n${markdownReport(evaluation)}`],
      ]);
    },
    isOurs: (name) => REPORTS.has(name),
  });
}
