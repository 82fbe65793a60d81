import { printable } from '../read/printable.ts';

/** A Markdown table, columns padded to one width: the first at the left, the others at the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length), 3));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = table.map((row) =>
    line(row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!)))),
  );
  const rule = line(widths.map((width, k) => (k === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  return [padded[0]!, rule, ...padded.slice(1)].join('\n');
}
