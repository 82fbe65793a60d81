import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../packages/sdk/test/launchOptions.ts';

/**
 * Measures the time from an empty clone to the first shelf, as a newcomer has it: `node --import tsx test/emptyClone.ts`.
 * Nothing is taken from earlier installs: npm and pnpm find an empty home folder. `--write` keeps what was measured in
 * docs/bench/emptyClone.json.
 */
const repository = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'evershelf-clone-'));
const [clone, home] = [join(folder, 'evershelf'), join(folder, 'home')];
mkdirSync(home);

const began = performance.now();
/** Seconds from the beginning to the end of each part. */
const seconds: Record<string, number> = {};
const report = (what: string): void => {
  seconds[what] = Math.round((performance.now() - began) / 100) / 10;
  console.log(`${seconds[what].toFixed(1).padStart(6)} s  ${what}`);
};

execFileSync('git', ['clone', '--quiet', repository, clone]);
report('cloned');
const demo = spawn('npx', ['-y', 'pnpm', 'demo'], {
  cwd: clone,
  env: { ...process.env, HOME: home, PORT: '4199' },
  stdio: ['ignore', 'pipe', 'ignore'],
  // A group of its own, to be ended as a whole, as Ctrl-C in a terminal does.
  detached: true,
});
const end = (): void => void process.kill(-demo.pid!, 'SIGINT');
process.once('SIGINT', end);
/** What the demo says when a part is done. */
const parts: [string, RegExp][] = [
  ['installed', /No model of/],
  ['trained', /model: model [0-9a-f]{16}/],
  ['trained for the second shop', /gifts\/public\/model: model [0-9a-f]{16}/],
  ['published to the metadata services', /items published[^]*items published/],
  ['storefronts built', /The shop is open/],
];
let output = '';
demo.stdout.setEncoding('utf8').on('data', (text: string) => {
  output += text;
  const done = parts.findLastIndex(([, said]) => said.test(output)) + 1;
  for (const [part] of parts.splice(0, done)) report(part);
});
let address: string | undefined;
while (address === undefined) {
  await Promise.race([once(demo.stdout, 'data'), once(demo, 'exit')]);
  if (demo.exitCode !== null) throw new Error(`the demo ended with ${demo.exitCode}: ${output}`);
  address = /The shop is open: (\S+)/.exec(output)?.[1];
}

const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
report('browser opened');
await page.goto(address);
// Cards that are to come have not got it.
await page.getByTestId('card').first().waitFor();
report('page loaded, first shelf drawn');
await browser.close();
end();
await once(demo, 'exit');
rmSync(folder, { recursive: true, force: true });
if (process.argv.includes('--write')) {
  const file = join(repository, 'docs/bench/emptyClone.json');
  writeFileSync(file, `${JSON.stringify({ cores: cpus().length, seconds }, null, 1)}\n`);
  console.log(`written to ${file}`);
}
