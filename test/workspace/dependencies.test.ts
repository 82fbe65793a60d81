import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditDependencies } from '../../release/auditDependencies.ts';
import { pnpmCommand } from '../../release/pnpmCommand.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly provenance?: boolean };
}

const read = (path: string): string => readFileSync(path, 'utf8');
const manifestOf = (path: string): Manifest => JSON.parse(read(path)) as Manifest;
const INSTALL = ['preinstall', 'install', 'postinstall'];

/** Packages whose install would run something, as they are installed. */
function withInstallScripts(): string[] {
  const names = new Set<string>();
  for (const scope of readdirSync('node_modules/.pnpm')) {
    const folder = join('node_modules/.pnpm', scope, 'node_modules');
    if (scope === 'node_modules' || !existsSync(folder)) continue;
    // The package itself is a folder there, what it needs are links.
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const own = entry.name.startsWith('@')
        ? readdirSync(join(folder, entry.name), { withFileTypes: true })
        : [entry];
      for (const each of own) {
        if (!each.isDirectory() || each.name.startsWith('.')) continue;
        const place = join(each.parentPath, each.name);
        if (!existsSync(join(place, 'package.json'))) continue;
        const { name, scripts = {} } = manifestOf(join(place, 'package.json'));
        if (INSTALL.some((script) => script in scripts) || existsSync(join(place, 'binding.gyp')))
          names.add(name);
      }
    }
  }
  return [...names].toSorted();
}

/** A registry that answers audits in one way. */
async function registry(status: number, answer: object): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const isAudit = request.url?.endsWith('/security/advisories/bulk') === true;
      response.writeHead(isAudit ? status : 404).end(JSON.stringify(isAudit ? answer : {}));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('dependencies', { timeout: 60_000 }, () => {
  it('run nothing when they are installed, but those that are listed', () => {
    const workspace = read('pnpm-workspace.yaml');
    const builds = [...workspace.matchAll(/^ {2}([\w@/-]+): (true|false)$/gm)].map(([, name, may]) => [
      name,
      may,
    ]);
    expect(builds.map(([name]) => name)).toEqual(withInstallScripts());
    expect(builds.filter(([, may]) => may === 'true')).toEqual([]);
    expect(workspace).not.toMatch(/dangerouslyAllowAllBuilds|strictDepBuilds: false|neverBuiltDependencies/);
  });

  it('are pinned: by the lockfile, which CI does not change, with a digest for each', () => {
    const lock = read('pnpm-lock.yaml');
    const resolutions = lock.match(/^ {4}resolution: .*$/gm)!;
    expect(resolutions.length).toBeGreaterThan(500);
    for (const resolution of resolutions) expect(resolution).toMatch(/integrity: sha512-/);
    expect(read('.ci/run')).toContain('export CI=1');
    const dockerfile = read('packages/kv/deploy/Dockerfile');
    expect(dockerfile).toContain('install --frozen-lockfile');
    for (const call of dockerfile.match(/pnpm@\S+/g)!) expect(call).toMatch(/^pnpm@\d+\.\d+\.\d+$/);
    for (const line of dockerfile.match(/^RUN npm .*$/gm)!) expect(line).toMatch(/--ignore-scripts/);
    expect(read('test/installRuntimes.ts')).toContain("['ci', '--ignore-scripts'");
  });

  it('fail the gate where the registry knows of an advisory on what is published', async () => {
    const advisory = { title: 'Bad', severity: 'high', vulnerable_versions: '<99.0.0', cwe: [] };
    const url = 'https://example.org/advisory';
    const known = await registry(200, {
      hono: [{ ...advisory, id: 1, url }],
      vitest: [{ ...advisory, id: 2, url }],
    });
    expect(await auditDependencies(known)).toEqual({
      published: [expect.stringMatching(/^hono 4\.\S+: high, Bad, https:/)],
      others: [expect.stringMatching(/^vitest 4\.\S+: high, Bad, https:/)],
    });
    expect(await auditDependencies(await registry(200, {}))).toEqual({ published: [], others: [] });
  });

  it('are said not to be audited where the registry does not answer', async () => {
    expect(await auditDependencies(await registry(405, {}))).toEqual({
      published: [],
      others: [],
      unanswered: 'the registry answers no audits (405)',
    });
  });
});

describe('a release', { timeout: 60_000 }, () => {
  it('has an SBOM of each package: all that is installed with it, by version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evershelf-sbom-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [command, ...first] = pnpmCommand();
    const out = join(folder, 'sbom.cdx.json');
    const args = ['--filter', './packages/kv', 'sbom', '--sbom-format', 'cyclonedx', '--prod', '--out', out];
    await promisify(execFile)(command, [...first, ...args]);
    const sbom = JSON.parse(read(out)) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly purl: string; readonly hashes?: readonly object[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    const purls = sbom.components.map(({ purl }) => decodeURIComponent(purl));
    for (const name of Object.keys(manifestOf('packages/kv/package.json').dependencies!)) {
      const installed = join('packages/kv/node_modules', name, 'package.json');
      expect(
        purls.some((purl) => purl.startsWith(`pkg:npm/${name}@${manifestOf(installed).version}`)),
        name,
      ).toBe(true);
    }
    expect(purls.join()).not.toMatch(/fast-check|vitest/);
  });

  it('is published with provenance, and with what it is made of among its files', () => {
    for (const path of readdirSync('packages').map((name) => `packages/${name}/package.json`)) {
      const manifest = manifestOf(path);
      expect(manifest.private, path).toBeUndefined();
      expect(manifest.publishConfig, path).toMatchObject({ provenance: true });
      expect(
        INSTALL.filter((script) => script in (manifest.scripts ?? {})),
        dirname(path),
      ).toEqual([]);
    }
  });
});
