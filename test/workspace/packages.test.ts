import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pnpmCommand } from '../../release/pnpmCommand.ts';
import { artifactFolder } from '../../packages/sdk/test/node/artifactFolder.ts';
import { findVulkan } from '../../packages/sdk/test/node/findVulkan.ts';
import { vulkanEnvironment } from '../../packages/sdk/test/node/vulkanEnvironment.ts';

const run = promisify(execFile);
const BIN = join(process.cwd(), 'node_modules/.bin');

/** What would be published, as tarballs. */
describe('the published packages', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evershelf-packages-'));
    await check(
      'tsc',
      '-b',
      ...(await readdir('packages')).map((name) => `packages/${name}/tsconfig.build.json`),
    );
    for (const config of ['vite.config.ts', 'vite.node.config.ts'])
      await check(
        'vite',
        'build',
        'packages/sdk',
        '--config',
        `packages/sdk/${config}`,
        '--logLevel',
        'warn',
      );
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['model', '@evershelf/model'],
    ['trainer', '@evershelf/trainer'],
    ['kv', '@evershelf/kv'],
    ['sdk', 'evershelf'],
  ])('packages/%s is %s, and fit for npm', async (directory, name) => {
    const packed = join(folder, directory);
    const [command, ...first] = pnpmCommand();
    await run(command, [...first, 'pack', '--pack-destination', packed], { cwd: `packages/${directory}` });
    const tarball = join(packed, (await readdir(packed))[0]!);
    await check('publint', tarball, '--strict');
    await check('attw', tarball, '--profile', 'esm-only');
    const manifest = JSON.parse(await readFile(`packages/${directory}/package.json`, 'utf8')) as object;
    expect(manifest).toMatchObject({ name, license: 'MIT', type: 'module', engines: { node: '>=20.19' } });
  });

  it('are no larger in the browser than their limits, the first shelf in one file', async () => {
    await run(join(process.cwd(), 'packages/sdk/node_modules/.bin/size-limit'), {
      cwd: 'packages/sdk',
    }).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr));
    for (const [file, imports] of [
      ['evershelf.js', []],
      ['core.js', []],
      ['storefront.js', ['./core.js']],
    ] as const) {
      const code = await readFile(`packages/sdk/dist/script/${file}`, 'utf8');
      expect([...code.matchAll(/\bfrom\s*["'`](.*?)["'`]/g)].map(([, name]) => name)).toEqual(imports);
      expect(code).not.toMatch(/(^|;)import\s*["'`]/);
    }
    const folder = 'packages/sdk/dist/script';
    for (const name of await readdir(folder))
      if (/^(openMetadata|rest|shopRules|\w+Engine|rerankedTopK|measureEngines)-/.test(name))
        expect(await readFile(`${folder}/${name}`, 'utf8'), name).not.toContain('./storefront.js');
  });

  it('run in Node, where evershelf/node ranks with either engine', async () => {
    const model = await artifactFolder();
    const script = `
      import { openRanker } from './packages/sdk/dist/bundle/node.js';
      for (const engine of ['cpu', 'webgpu']) {
        const ranker = await openRanker({ model: ${JSON.stringify(model)}, engine });
        const [{ items }] = await ranker.rankAll([{ k: 3 }]);
        console.log(JSON.stringify([items.map(({ item }) => item.id), ranker.engine().reason]));
        ranker.close();
      }`;
    const env = vulkanEnvironment(findVulkan());
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { env });
    const [cpu, webgpu] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string[], string]);
    expect(cpu).toEqual([expect.arrayContaining([expect.any(String)]), 'the page asked for the CPU']);
    // Where the gate runs there is a driver, so that the GPU's engine is not left out unseen.
    expect(webgpu![1]).toMatch(
      process.env['CI']
        ? /^the page asked for the GPU$/
        : /^the page asked for the GPU$|^no GPU: there is no adapter$/,
    );
    expect(webgpu![0]).toEqual(cpu![0]);
    await rm(model, { recursive: true });
  });
});

async function check(command: string, ...args: string[]): Promise<void> {
  await run(join(BIN, command), args, { maxBuffer: 1e8 }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr),
  );
}
