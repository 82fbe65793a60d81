import type { ItemTable } from '@evershelf/model';

/** A table whose numbers an engine may take over, so that the page holds them once. */
export interface SharedTable extends ItemTable {
  /** Lets go of `item`: who reads it from now on gets what `read` makes, a copy each time. */
  handOver(read: () => Int8Array): void;
}

/** A table, and whatever else belongs to it, as one that can be handed over. */
export function sharedTable<Own extends ItemTable>({
  item,
  ...others
}: Own): Omit<Own, 'item'> & SharedTable {
  let own: Int8Array | undefined = item;
  let readOwn: (() => Int8Array) | undefined;
  return {
    ...others,
    get item() {
      return own ?? readOwn!();
    },
    handOver(read) {
      own = undefined;
      readOwn = read;
    },
  };
}
