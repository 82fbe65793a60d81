import ora, { type Ora } from 'ora';
import type { Progress } from '../train/trainModel.ts';

/** Milliseconds between two looks of the progress line. */
const EVERY = 100;
/** Seconds after which a stage has a rate that says something. */
const TOLD_AFTER = 1;

/** Shows stages on standard error: done, rate and remaining time while they run, the total when they are done. */
export interface ProgressLine {
  readonly progress: Progress;
  /** Ends the running stages, well or not. */
  end(succeeded: boolean): void;
}

interface Stage {
  readonly began: number;
  done: number;
  of: number;
  unit: string;
}

export function progressLine(): ProgressLine {
  // A terminal that does not know its width (some pseudo-terminals) would be cleared for ever.
  const hasWidth = process.stderr.isTTY && process.stderr.columns > 0;
  const running = new Map<string, Stage>();
  let line: Ora | undefined;
  let shown = 0;
  const show = (): void => {
    const text = [...running].map(([name, stage]) => describe(name, stage)).join(' | ');
    if (running.size === 0) line = undefined;
    else if (line === undefined) line = ora({ text, discardStdin: false, isEnabled: hasWidth }).start();
    else line.text = text;
  };
  const finish = (name: string, succeeded: boolean): void => {
    const { began, of, unit } = running.get(name)!;
    running.delete(name);
    const seconds = (performance.now() - began) / 1000;
    if (succeeded) line?.succeed(`${name}: ${whole(of)} ${unit} in ${seconds.toFixed(1)} s`);
    else line?.fail(`${name}: stopped`);
    line = undefined;
    show();
  };
  return {
    end(succeeded) {
      for (const name of running.keys()) finish(name, succeeded);
    },
    progress(name, done, of, unit) {
      const now = performance.now();
      const stage = running.get(name);
      if (stage === undefined) running.set(name, { began: now, done, of, unit });
      else Object.assign(stage, { done, of, unit });
      if (stage === undefined || now - shown >= EVERY) {
        shown = now;
        show();
      }
      if (done >= of) finish(name, true);
      return now === shown ? new Promise((resolve) => setImmediate(resolve)) : undefined;
    },
  };
}

function describe(name: string, { began, done, of, unit }: Stage): string {
  const seconds = (performance.now() - began) / 1000;
  const rate = done / seconds;
  const isTold = done > 0 && seconds >= TOLD_AFTER;
  const left = isTold ? ` · ${whole(rate)} ${unit}/s · ${Math.ceil((of - done) / rate)} s left` : '';
  return `${name}: ${Math.floor((100 * done) / Math.max(1, of))} %${left}`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
