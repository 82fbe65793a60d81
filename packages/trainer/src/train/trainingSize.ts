import type { Item, Schema } from '@evershelf/model';
import { type EdgeSizes, edgeSizes } from '../edges/edgeSizes.ts';
import type { EventLog } from '../read/EventLog.ts';
import { sequenceItems } from '../read/sequenceItems.ts';
import { itemVariants } from './ItemVariants.ts';
import { tableRowsFor, type TrainOptions } from './options.ts';

/** What the memory of a training goes by. */
export interface TrainingSize {
  readonly events: number;
  readonly sequences: number;
  readonly sessions: number;
  readonly items: number;
  /** Rows of the items at all rungs, one after the other. */
  readonly variantRows: number;
  readonly rows: number;
  readonly dim: number;
  readonly edges: EdgeSizes;
  /** Items of a history, on average over the events. */
  readonly had: number;
  readonly headEvents: number;
}

/** Items that are placed to see how many rows an item has. */
const PLACED = 1000;

/** The size of a training on a whole log; what would take long to count is told by samples. */
export function trainingSize(
  log: EventLog,
  all: readonly Item[],
  schema: Schema,
  options: TrainOptions,
): TrainingSize {
  const items = log.itemIds.length;
  const rows = tableRowsFor(options, items);
  const every = Math.ceil(items / PLACED);
  const placed = all.slice(0, items).filter((_, i) => i % every === 0);
  const { eventStart, start } = sequenceItems(log);
  let had = 0;
  for (let s = 0; s < log.sequences; s++)
    had += (eventStart[s + 1]! - eventStart[s]!) * (start[s + 1]! - start[s]!);
  return {
    events: log.count,
    sequences: log.sequences,
    sessions: log.session.reduce((most, session) => Math.max(most, session), 0) + 1,
    items,
    variantRows: (itemVariants(placed, schema, rows).rows.length * items) / placed.length,
    rows,
    dim: options.dim,
    edges: edgeSizes(log, items),
    had: had / log.count,
    headEvents: options.headEvents,
  };
}
