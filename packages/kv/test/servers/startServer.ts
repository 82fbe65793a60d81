import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

export interface Server {
  readonly process: ChildProcess;
  /** Ends it at once, and waits until it has gone. */
  kill(): Promise<void>;
}

/** Milliseconds until a server must be ready, also on a machine that is busy. */
const PATIENCE = 60_000;

/**
 * Starts a program, and waits until `isReady`.
 *
 * @throws with what it printed, where it ends before or never gets ready
 */
export async function startServer(
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<Server> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4000);
    });
  const gone = once(child, 'close');
  const hasGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const kill = async (): Promise<void> => {
    if (!hasGone()) child.kill('SIGKILL');
    await gone;
  };
  const late = Date.now() + PATIENCE;
  while (!(await isReady())) {
    if (hasGone()) throw new Error(`${command} ended before it was ready:\n${printed}`);
    if (Date.now() > late) {
      await kill();
      throw new Error(`${command} was not ready in time:\n${printed}`);
    }
    await pause(50);
  }
  return { process: child, kill };
}
