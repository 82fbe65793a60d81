#!/usr/bin/env node
import { runCommand } from './runCommand.ts';

const status = await runCommand(process.argv.slice(2));
if (status !== 0) process.exitCode = status;
