import { execFile } from 'node:child_process';
import { pnpmCommand } from './pnpmCommand.ts';

/** What a registry knows of the dependencies of the lockfile. */
export interface Audit {
  /** Of what is published: each is a reason to stop. As a line each. */
  readonly published: readonly string[];
  /** Of what only builds and tests. */
  readonly others: readonly string[];
  /** Why the registry did not say, where it did not. */
  readonly unanswered?: string;
}

interface Advisory {
  readonly module_name: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
  readonly findings: readonly { readonly version: string; readonly dev: boolean }[];
}

/** Milliseconds that a registry has. */
const PATIENCE = 60_000;

/**
 * Asks the registry for advisories on all versions that the lockfile pins. A registry that does not answer such questions, as most
 * mirrors, is no reason to fail: then nobody knows, and the answer says so.
 *
 * @param registry default the one that installs
 */
export async function auditDependencies(registry?: string): Promise<Audit> {
  const [command, ...first] = pnpmCommand();
  const args = ['audit', '--json', '--config.fetch-retries=0'];
  if (registry !== undefined) args.push(`--config.registry=${registry}`);
  const { out, said } = await new Promise<{ out: string; said: string }>((resolve) => {
    // It ends with 1 where it found any.
    execFile(
      command,
      [...first, ...args],
      { timeout: PATIENCE, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ out: stdout, said: `${stderr} ${error?.message ?? ''}` }),
    );
  });
  const advisories = read(out);
  if (advisories === undefined) {
    const why = /responded with (\d{3})/.exec(said.replaceAll(/\s+/g, ' '))?.[1];
    return {
      published: [],
      others: [],
      unanswered: why === undefined ? 'no answer of the registry' : `the registry answers no audits (${why})`,
    };
  }
  const lines = (isPublished: boolean): string[] =>
    advisories
      .filter(({ findings }) => findings.some(({ dev }) => !dev) === isPublished)
      .map(({ module_name, severity, title, url, findings }) => {
        const versions = [...new Set(findings.map(({ version }) => version))].join(', ');
        return `${module_name} ${versions}: ${severity}, ${title}, ${url}`;
      });
  return { published: lines(true), others: lines(false) };
}

function read(text: string): Advisory[] | undefined {
  try {
    return Object.values((JSON.parse(text) as { advisories: Record<string, Advisory> }).advisories);
  } catch {
    return undefined;
  }
}
