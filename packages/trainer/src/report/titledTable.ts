import { markdownTable } from './markdownTable.ts';
import type { Table } from './tables.ts';

/** A table under its title, with `between` the two. */
export function titledTable({ title, head, rows }: Table, between: string): string {
  return `${title}${between}${markdownTable(head, rows)}`;
}
