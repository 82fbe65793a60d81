import type { EngineBench } from './EngineBench.ts';
import { type Extent } from './engineOptions.ts';
import { engineReport } from './engineReport.ts';
import { measureEngines, type Runtime } from './measureEngines.ts';
import { writeAside } from './writeAside.ts';

/** Measures, says how far it is, prints the report, and writes the figures where a file is named. */
export async function runBench(
  runtime: Runtime,
  extent: Extent,
  json: string | undefined,
): Promise<EngineBench> {
  const began = performance.now();
  const bench = await measureEngines(runtime, extent, (what) => {
    const seconds = (performance.now() - began) / 1000;
    console.error(`${seconds.toFixed(0).padStart(4)} s  ${what}`);
  });
  console.log(engineReport(bench));
  if (json !== undefined) await writeAside(json, `${JSON.stringify(bench, null, 1)}\n`);
  return bench;
}
