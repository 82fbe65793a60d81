import { parseArgs } from 'node:util';
import { IN_NODE } from '../EngineBench.ts';
import { ENGINE_OPTIONS, extentOf } from '../engineOptions.ts';
import { runBench } from '../runBench.ts';
import { openProcess } from './openProcess.ts';

/** The packed bench: `node engine.js`, with the options that tell how much is measured, and `--json FILE`. */
const { values: options } = parseArgs({ options: ENGINE_OPTIONS });
await runBench({ name: 'node', engines: IN_NODE, open: openProcess }, extentOf(options), options.json);
