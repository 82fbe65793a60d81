import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditDependencies } from './auditDependencies.ts';
import { pnpmCommand } from './pnpmCommand.ts';

/**
 * Publishes the packages: installed as the lockfile says, audited, built, each with an SBOM (CycloneDX) among its files and an
 * attestation of where it was built. `--dry-run` does all but upload.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isDry = process.argv.includes('--dry-run');
const PACKAGES = readdirSync(join(ROOT, 'packages'));

try {
  if (!isDry) for (const name of PACKAGES) checkProvenance(name);
  pnpm('install', '--frozen-lockfile');
  const { published, others, unanswered } = await auditDependencies();
  for (const line of others) console.log(`of what builds and tests: ${line}`);
  if (unanswered !== undefined) throw new Error(`found ${unanswered}, wanted to know of advisories`);
  if (published.length > 0) throw new Error(`found advisories:\n${published.join('\n')}`);
} catch (error) {
  if (!isDry) throw error;
  console.log(`a release would stop here: ${(error as Error).message}`);
}
pnpm('build');
for (const name of PACKAGES)
  pnpm(
    '--filter',
    `./packages/${name}`,
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--prod',
    '--out',
    `packages/${name}/dist/sbom.cdx.json`,
  );
const how = isDry ? ['--dry-run', '--no-git-checks'] : ['--provenance'];
pnpm('--filter', './packages/*', '--recursive', 'publish', ...how);

/** An attestation names the repository that a package is built of, and is signed with a token that CI has of its own. */
function checkProvenance(name: string): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as {
    readonly repository?: object;
  };
  if (manifest.repository === undefined)
    throw new Error(`packages/${name}/package.json: found no repository, wanted the one that CI builds of`);
  if (!['ACTIONS_ID_TOKEN_REQUEST_URL', 'SIGSTORE_ID_TOKEN'].some((each) => process.env[each]))
    throw new Error('found no identity token, wanted to run in CI that gives one (id-token: write)');
}

function pnpm(...args: string[]): void {
  const [command, ...first] = pnpmCommand();
  const { status } = spawnSync(command, [...first, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`pnpm ${args.join(' ')}: ended with ${status}`);
}
