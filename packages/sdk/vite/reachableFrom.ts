import type { Plugin } from 'vite';

/** The modules that an entry imports, not those that it imports later. */
export function reachableFrom(entry: string): { readonly plugin: Plugin; has(id: string): boolean } {
  const reached = new Set<string>();
  return {
    has: (id) => reached.has(id),
    plugin: {
      name: 'evershelf:reachable-from',
      buildEnd() {
        const visit = (id: string): void => {
          if (reached.has(id)) return;
          reached.add(id);
          for (const next of this.getModuleInfo(id)?.importedIds ?? []) visit(next);
        };
        visit(entry);
      },
    },
  };
}
