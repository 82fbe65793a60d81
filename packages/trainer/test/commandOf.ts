import { vi } from 'vitest';
import { runCommand } from '../src/runCommand.ts';

/** What a command has said, and its exit status. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `evershelf` with some arguments in this process: the same command line without the seconds that a process takes to start. */
export async function commandOf(...args: string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  const streams = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true)),
    vi.spyOn(console, 'log').mockImplementation((text) => void (out += `${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text) => void (err += `${text}\n`)),
  ];
  try {
    const code = await runCommand(args);
    return { code, out, err };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
}
