import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../read/InputError.ts';

const PACKAGE = '@evershelf/kv';

/**
 * `evershelf serve`: the metadata service's own command, in this process. It is a package of its own, with its stores, that a machine
 * which trains does not need.
 *
 * @param args the command's own
 * @throws {InputError} where the package is not installed
 */
export async function serve(args: readonly string[]): Promise<void> {
  const command = find(import.meta.url) ?? find(join(process.cwd(), 'package.json'));
  if (command === undefined)
    throw new InputError(
      `found no ${PACKAGE} beside this command or in ${process.cwd()}, wanted the metadata service, install it: npm install ${PACKAGE}`,
    );
  process.argv.splice(2, Infinity, ...args);
  await import(pathToFileURL(command).href);
}

function find(from: string): string | undefined {
  try {
    return createRequire(from).resolve(`${PACKAGE}/cli`);
  } catch {
    return undefined;
  }
}
