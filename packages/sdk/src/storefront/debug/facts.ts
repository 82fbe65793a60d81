import { h } from './h.ts';
import { setText } from './setText.ts';

/** Names with their values; what has no value is not shown. */
export function facts(
  names: Readonly<Record<string, string>>,
  layout: 'tiles' | 'rows',
): { readonly element: HTMLElement; set(name: string, value: string | undefined): void } {
  const values = new Map(
    Object.entries(names).map(([name, label]) => {
      const value = h('dd', { 'data-fact': name, dir: 'auto' });
      return [name, { value, row: h('div', {}, h('dt', {}, label), value) }];
    }),
  );
  return {
    element: h('dl', { class: `facts facts-${layout}` }, ...Array.from(values.values(), ({ row }) => row)),
    set(name, text) {
      const { value, row } = values.get(name)!;
      row.hidden = text === undefined;
      setText(value, text ?? '');
    },
  };
}
