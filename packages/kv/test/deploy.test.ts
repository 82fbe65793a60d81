import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evershelfServe } from './evershelfServe.ts';
import { startedService } from './startedService.ts';

const FOLDER = fileURLToPath(new URL('../deploy', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly build?: { readonly context: string; readonly dockerfile: string };
        readonly environment?: Readonly<Record<string, string | number>>;
        readonly volumes: readonly string[];
        readonly depends_on?: Readonly<Record<string, object>>;
        readonly stop_grace_period?: string;
      }
    >
  >;
  readonly volumes: Readonly<Record<string, null>>;
}

let dockerfile: string;
let compose: Compose;

beforeAll(async () => {
  dockerfile = await readFile(join(FOLDER, 'Dockerfile'), 'utf8');
  compose = parse(await readFile(join(FOLDER, 'compose.yaml'), 'utf8')) as Compose;
});

describe('deploy', () => {
  it('sets only what evershelf-serve reads', async () => {
    const running = evershelfServe('--help');
    await running.ended;
    const set = [
      ...dockerfile.matchAll(/(EVERSHELF_\w+)=/g),
      ...Object.keys(compose.services['evershelf']!.environment!).map((name) => [name, name]),
    ].map(([, name]) => name!);
    expect(set.length).toBeGreaterThanOrEqual(5);
    for (const name of set) expect(running.text().replaceAll(/\s+/g, ' ')).toContain(`env: ${name})`);
  });

  it('builds with files that there are, into the command of the package', async () => {
    const { context, dockerfile: named } = compose.services['evershelf']!.build!;
    expect(resolve(FOLDER, context)).toBe(resolve(ROOT));
    expect(resolve(ROOT, named)).toBe(join(FOLDER, 'Dockerfile'));
    const manifest = JSON.parse(await readFile(join(dirname(FOLDER), 'package.json'), 'utf8')) as {
      publishConfig: { bin: object };
      peerDependencies: Record<string, string>;
    };
    const [, command] = /^CMD \["node_modules\/\.bin\/(.*)"\]$/m.exec(dockerfile)!;
    expect(Object.keys(manifest.publishConfig.bin)).toEqual([command]);
    for (const [name, range] of Object.entries(manifest.peerDependencies))
      expect(dockerfile).toContain(`${name}@${/\d+/.exec(range)![0]}`);
    for (const name of ['model', 'kv']) expect(existsSync(join(ROOT, 'packages', name))).toBe(true);
  });

  it('is healthy while the service is ready, on whatever port that listens', async () => {
    const [program, ...args] = JSON.parse(/^ {2}CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    expect(program).toBe('node');
    const service = await startedService();
    const isHealthy = async (): Promise<boolean> => {
      const env = { ...process.env, EVERSHELF_PORT: String(service.port) };
      const [code] = await once(spawn(process.execPath, args, { env }), 'close');
      return code === 0;
    };
    expect(await isHealthy()).toBe(true);
    await service.close();
    expect(await isHealthy()).toBe(false);
  });

  it('keeps items and events in volumes, and waits longer for the end than the service takes', () => {
    const { evershelf, redis } = compose.services;
    expect(Object.keys(evershelf!.depends_on!)).toEqual(['redis']);
    expect(evershelf!.environment!['EVERSHELF_STORE']).toBe('redis://redis:6379');
    const kept = [evershelf!, redis!].flatMap(({ volumes }) => volumes.map((each) => each.split(':')[0]));
    expect(Object.keys(compose.volumes).toSorted()).toEqual(kept.toSorted());
    const drain = Number(evershelf!.environment!['EVERSHELF_DRAIN']);
    expect(Number.parseInt(evershelf!.stop_grace_period!, 10)).toBeGreaterThanOrEqual(drain + 15);
  });
});
