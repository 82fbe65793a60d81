import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What `pnpm test` installs here, beside the lock that says which versions. */
export const PROGRAMS = {
  bun: at('node_modules/@oven/bun-linux-x64-baseline/bin/bun'),
  deno: at('node_modules/@deno/linux-x64-glibc/deno'),
  workerd: at('node_modules/@cloudflare/workerd-linux-64/bin/workerd'),
};

/** Why a program cannot be run; undefined where it can. */
export function missingProgram(name: keyof typeof PROGRAMS): string | undefined {
  return existsSync(PROGRAMS[name])
    ? undefined
    : `there is no ${name}; pnpm test installs it on Linux on x64`;
}
