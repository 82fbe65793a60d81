import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { bundled } from './bundled.ts';

const cli = await bundled('src/cli.ts');

/** A line of the log. */
interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly url?: string;
  readonly route?: string;
  readonly status?: number;
}

export interface ServeProcess {
  readonly process: ChildProcess;
  /** What it has written to either stream by now. */
  text(): string;
  /** What it has logged by now. */
  logged(): LogLine[];
  /** Its address, once it listens, or undefined where it ends before. */
  url(): Promise<string | undefined>;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Runs the command with arguments and, behind them, variables of its environment; ends it when the test has ended. */
export function evershelfServe(...options: (string | Record<string, string>)[]): ServeProcess {
  const args = options.filter((option) => typeof option === 'string');
  const more = options.filter((option) => typeof option !== 'string');
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('EVERSHELF_'));
  const token = args.includes('--token') ? {} : { EVERSHELF_TOKEN: 'from the environment' };
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: Object.assign(Object.fromEntries(own), token, ...more) as Record<string, string>,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const logged = (): LogLine[] =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = new Promise<string | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const listening = text.includes('"listening"') ? logged().find((line) => line.url) : undefined;
        if (listening !== undefined) resolve(listening.url);
      });
    void ended.then(() => resolve(undefined));
  });
  return { process: child, text: () => text, logged, url: () => url, ended };
}
