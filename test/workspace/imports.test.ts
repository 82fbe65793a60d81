import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evershelf-imports-'));
  cpSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the linter says of a file that imports something. */
function lint(file: string, imported: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { x } from '${imported}';\nexport const y: number = x;\n`);
  return spawnSync(join(process.cwd(), 'node_modules/.bin/oxlint'), [file], { cwd: folder, encoding: 'utf8' })
    .stdout;
}

describe('imports run one way', () => {
  it.each([
    ['packages/model/src/x.ts', '@evershelf/kv'],
    ['packages/model/src/x.ts', 'node:fs'],
    ['packages/model/src/x.ts', 'idb-keyval'],
    ['packages/model/src/hash/x.ts', '../../../sdk/src/index.ts'],
    ['packages/trainer/src/x.ts', 'evershelf'],
    ['packages/trainer/src/x.ts', '@evershelf/kv'],
    ['packages/kv/src/x.ts', '@evershelf/trainer'],
    ['packages/kv/src/http/x.ts', '../../../sdk/src/index.ts'],
    ['packages/sdk/src/x.ts', '@evershelf/trainer'],
    ['packages/sdk/src/x.ts', '@evershelf/kv'],
    ['packages/sdk/src/x.ts', 'node:fs'],
    ['packages/sdk/src/engines/x.ts', '../node/installDawn.ts'],
    ['packages/sdk/src/x.ts', '../../../demo/src/main.ts'],
    ['demo/src/x.ts', '@evershelf/model'],
    ['demo/src/x.ts', '../../packages/sdk/src/shop/shop.ts'],
  ])('%s may not import %s', (file, imported) => {
    expect(lint(file, imported)).toContain('no-restricted-imports');
  });

  it.each([
    ['packages/model/src/hash/x.ts', '../rows.ts'],
    ['packages/trainer/src/x.ts', '@evershelf/model'],
    ['packages/kv/src/x.ts', '@evershelf/model'],
    ['packages/sdk/src/x.ts', '@evershelf/model'],
    ['packages/sdk/src/x.ts', 'idb-keyval'],
    ['packages/sdk/src/node/x.ts', 'node:fs'],
    ['packages/sdk/src/node/x.ts', '../engines/Engine.ts'],
    ['demo/src/app/x.ts', 'evershelf'],
    ['demo/src/app/x.ts', '../pages/Page.ts'],
  ])('%s may import %s', (file, imported) => {
    expect(lint(file, imported)).not.toContain('no-restricted-imports');
  });
});
