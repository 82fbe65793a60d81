import { ArtifactError } from '@evershelf/model';
import { CommanderError } from 'commander';
import { commandLine } from './commandLine.ts';
import { InputError } from './read/InputError.ts';

/**
 * Runs a command, and says on standard error what was wrong with its input.
 *
 * @param args what follows `evershelf`
 * @returns the exit status
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    await commandLine().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof InputError || error instanceof ArtifactError)) throw error;
    console.error(`evershelf: ${error.message}`);
    return 1;
  }
}
