import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkReplaceable, writeFiles, writeFolder } from '../src/commands/writeFolder.ts';

async function folderOf(text: string): Promise<{ parent: string; folder: string }> {
  const parent = await mkdtemp(join(tmpdir(), 'evershelf-folder-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'model');
  await writeFolder(folder, new Map([['one', text]]));
  return { parent, folder };
}

it('replaces a folder as a whole, and leaves nothing beside it', async () => {
  const { parent, folder } = await folderOf('earlier');
  const files = new Map([
    ['one', 'later'],
    ['in/two', 'new'],
  ]);
  await writeFolder(folder, files);
  for (const [name, text] of files) expect(await readFile(join(folder, name), 'utf8')).toBe(text);
  expect(await readdir(parent)).toEqual(['model']);
});

it('leaves the folder as it was where a file cannot be made', async () => {
  const { parent, folder } = await folderOf('earlier');
  const files = function* (): Generator<readonly [string, string]> {
    yield ['one', 'later'];
    throw new Error('no more');
  };
  await expect(writeFiles(folder, () => true, files())).rejects.toThrow('no more');
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('earlier');
  expect(await readdir(parent)).toEqual(['model']);
});

it('leaves the folder as it was where the new one cannot be put in its place', async () => {
  const { parent, folder } = await folderOf('earlier');
  // Of no file there is no folder that could be.
  await expect(writeFiles(folder, () => true, [])).rejects.toThrow('ENOENT');
  expect(existsSync(folder)).toBe(true);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('earlier');
  expect(await readdir(parent)).toEqual(['model']);
});

it('is back before anything else is done, where a run was killed between taking it away and putting the new one there', async () => {
  const { parent, folder } = await folderOf('earlier');
  const { pid } = spawnSync(process.execPath, ['--version']);
  await rename(folder, join(parent, `.model.${pid}.old`));
  await checkReplaceable(folder, () => true);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('earlier');
  expect(await readdir(parent)).toEqual(['model']);
});
