import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

describe('evershelf serve', { timeout: 30_000 }, () => {
  it('is the metadata service, with its own options, and ends as that does', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', cli, 'serve', '--memory', '--port', '0', '--token', 'x'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ ok: true });
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it("shows the service's help", async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', cli, 'serve', '--help']);
    expect(stdout).toContain('EVERSHELF_LOG_LEVEL');
  });
});

describe('evershelf serve where the service is not installed', () => {
  it('says how to install it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evershelf-alone-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const source = fileURLToPath(new URL('../src', import.meta.url));
    for (const file of ['commands/serve.ts', 'read/InputError.ts'])
      await cp(join(source, file), join(folder, file));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(
      join(folder, 'start.ts'),
      "import { serve } from './commands/serve.ts';\nawait serve([]);\n",
    );
    const started = run(process.execPath, ['--import', import.meta.resolve('tsx'), 'start.ts'], {
      cwd: folder,
      env: { ...process.env, NODE_PATH: '' },
    });
    await expect(started).rejects.toThrow(
      /found no @evershelf\/kv .* install it: npm install @evershelf\/kv$/m,
    );
  });
});
