import type { Length, SoakRow } from './SoakPart.ts';

/** What a run of a part found, and where it ran. */
export interface PartRun {
  readonly length: Length;
  /** As a date, and on how many cores. */
  readonly date: string;
  readonly cores: number;
  readonly node: string;
  readonly seconds: number;
  readonly rows: readonly SoakRow[];
}

/** docs/reliability/soak.json: the latest run that was kept of each part, by its name. */
export type Soak = Readonly<Record<string, PartRun>>;
