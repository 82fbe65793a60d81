import { LOOK } from './draw.ts';
import type { Table } from './tables.ts';

const STYLE = `${LOOK}body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }
p, li { max-width: 70ch }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22.5rem), 1fr)); gap: 1rem }
figure { margin: 0 }
figcaption { font-weight: 600 }
svg { width: 100%; max-width: 30rem; height: auto }
.table { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; font-size: .875rem }
th, td { padding: .25rem .625rem; text-align: right; border-bottom: 1px solid var(--faint) }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper) }
tbody th { font-weight: inherit }
@media (max-width: 40rem) { .worded tbody th { white-space: normal; min-width: 8rem } }
.beside { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start }
.beside > figure { flex: 0 1 22.5rem }
.beside > .table { flex: 0 1 auto; max-width: 100% }
.own { color: var(--own); font-weight: 600 }
`;

/** A report as a page that needs nothing else; `content` is HTML. */
export function htmlPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evershelf: ${escaped(title.toLowerCase())}</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(title)}</h1>
${content}
</main>
</html>
`;
}

/** A chart under its caption, which names it too. */
export function figure([caption, svg]: readonly [string, string]): string {
  const named = svg.replace('<svg ', () => `<svg role="img" aria-label="${escaped(caption)}" `);
  return `<figure><figcaption>${escaped(caption)}</figcaption>${named}</figure>`;
}

/**
 * A table under its title.
 *
 * @param own first cell of the row that stands out
 */
export function htmlTable(table: Table, own?: string): string {
  return `<h2>${escaped(table.title)}</h2>\n${bareTable(table, own)}`;
}

/** Characters of a first cell that a phone has room for beside figures: longer ones are broken there. */
const NARROW = 16;

/** A table that its title names, and does not stand over. */
export function bareTable({ title, head, rows }: Table, own?: string): string {
  const header = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const body = rows.map(([first, ...cells]) => {
    const named = `<th scope="row">${escaped(first!)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}`;
    return `<tr${first === own ? ' class="own"' : ''}>${named}</tr>`;
  });
  const isWorded = rows.some(([first]) => first!.length > NARROW);
  // What scrolls is reached by the keyboard.
  return `<div class="table${isWorded ? ' worded' : ''}" tabindex="0" role="region" aria-label="${escaped(title)}"><table><thead><tr>${header}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** A text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
