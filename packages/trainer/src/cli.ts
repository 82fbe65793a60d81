#!/usr/bin/env node
import { runCommand } from './runCommand.ts';

// Who reads what is said may have read enough, such as `head`: the command goes on without them.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const status = await runCommand(process.argv.slice(2));
if (status !== 0) process.exitCode = status;
