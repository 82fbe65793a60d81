import type { ShelfProps } from './ShelfProps.ts';

/** The attributes of `<evershelf-shelf>` that props say; a function is none. */
export function attributesOf(props: Readonly<Record<string, unknown>> & ShelfProps): Record<string, string> {
  return Object.fromEntries(
    Object.entries(props).flatMap(([prop, value]) => {
      if (value === undefined || value === null || value === false || typeof value === 'function') return [];
      const attribute = prop.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return [[attribute, value === true ? '' : text]];
    }),
  );
}
