import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePorts } from '../packages/kv/test/servers/freePorts.ts';

/** The demo, with the addresses of its shops. */
export interface Demo {
  readonly grocer: string;
  readonly gifts: string;
  close(): Promise<void>;
}

/**
 * Starts the demo on free ports, and waits until both of its shops are open; trains their models where there are none.
 *
 * @param args options of `demo/start.ts` beyond the port
 */
export async function startDemo(...args: readonly string[]): Promise<Demo> {
  const [port] = await freePorts(1);
  const demo = spawn(
    process.execPath,
    ['--import', 'tsx', 'demo/start.ts', '--port', String(port), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let grocer = '';
  for await (const line of createInterface(demo.stdout)) {
    console.error(line);
    grocer ||= /The shop is open: (\S+)\//.exec(line)?.[1] ?? '';
    const gifts = /Another shop, of gifts: (\S+)\//.exec(line)?.[1];
    if (gifts !== undefined)
      return {
        grocer,
        gifts,
        async close() {
          demo.kill('SIGTERM');
          await once(demo, 'exit');
        },
      };
  }
  throw new Error('the demo ended before it was open');
}
