import type { Store, Value } from './Store.ts';

interface Held {
  readonly version: number;
  readonly text: string;
}

/** A store that forgets everything when the process ends: for tests and for trying things out. */
export function memoryStore(): Store {
  const groups = new Map<string, Map<string, Held>>();
  const parse = ({ text }: Held): Value => JSON.parse(text) as Value;
  return {
    async getMany(keys) {
      return keys.map(([group, name]) => {
        const held = groups.get(group)?.get(name);
        return held && parse(held);
      });
    },
    async putMany(entries, version) {
      const written = entries.map(([key, value]) => [key, JSON.stringify(value)] as const);
      return written.map(([[group, name], text]) => {
        const records = groups.get(group) ?? new Map<string, Held>();
        groups.set(group, records);
        if ((records.get(name)?.version ?? 0) >= version) return false;
        records.set(name, { version, text });
        return true;
      });
    },
    async deleteMany(keys) {
      for (const [group, name] of keys) groups.get(group)?.delete(name);
    },
    async *scan(group) {
      const found = [...(groups.get(group) ?? [])];
      for (const [name, held] of found.sort(([a], [b]) => (a < b ? -1 : 1))) yield [name, parse(held)];
    },
    async close() {},
  };
}
