import { execFileSync } from 'node:child_process';

/** Why no nginx can be started here; undefined where one can. */
export function missingNginx(): string | undefined {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no nginx; pnpm test installs it on Debian';
  }
}
