import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { missingProgram, PROGRAMS } from '../packages/kv/test/runtimes/programs.ts';

/**
 * Installs Bun, Deno and the runtime of Cloudflare Workers for the tests, as their lock says. They are no dependencies of the
 * workspace: 350 MB that only the tests of one file want.
 */
export function installRuntimes(): void {
  const isTheirs = process.platform === 'linux' && process.arch === 'x64';
  const names = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[];
  if (!isTheirs || names.every((name) => missingProgram(name) === undefined)) return;
  console.log(`Installing ${names.join(', ')}.`);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: fileURLToPath(new URL('../packages/kv/test/runtimes', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
