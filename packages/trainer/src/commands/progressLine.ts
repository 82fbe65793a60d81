import ora, { type Ora } from 'ora';
import type { Progress } from '../train/trainModel.ts';

/** Milliseconds between two looks of the progress line. */
const EVERY = 100;

/** Shows stages on standard error: done, rate and remaining time while they run, the total when the next one starts. */
export interface ProgressLine {
  readonly progress: Progress;
  /** Ends the running stage, well or not. */
  end(succeeded: boolean): void;
}

export function progressLine(): ProgressLine {
  // A terminal that does not know its width (some pseudo-terminals) would be cleared for ever.
  const hasWidth = process.stderr.isTTY && process.stderr.columns > 0;
  let line: Ora | undefined;
  let running = '';
  let began = 0;
  let shown = 0;
  let summary = '';
  const end = (succeeded: boolean): void => {
    if (succeeded) line?.succeed(summary);
    else line?.fail(`${running}: stopped`);
    line = undefined;
  };
  return {
    end,
    progress(stage, done, of, unit) {
      const now = performance.now();
      if (line === undefined || stage !== running) {
        end(true);
        [running, began, shown] = [stage, now, 0];
        line = ora({ text: stage, discardStdin: false, isEnabled: hasWidth }).start();
      }
      const seconds = (now - began) / 1000;
      summary = `${stage}: ${whole(of)} ${unit} in ${seconds.toFixed(1)} s`;
      if (now - shown < EVERY) return undefined;
      shown = now;
      const rate = done / Math.max(seconds, 0.001);
      const left = done === 0 ? '' : ` · ${whole(rate)} ${unit}/s · ${Math.ceil((of - done) / rate)} s left`;
      line.text = `${stage}: ${Math.floor((100 * done) / Math.max(1, of))} %${left}`;
      line.render();
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
