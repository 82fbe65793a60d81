import type { Store } from './Store.ts';

/** A store that forgets everything when the process ends: for tests and for trying things out. */
export function memoryStore(): Store {
  const texts = new Map<string, string>();
  const parse = (text: string): object => JSON.parse(text) as object;
  return {
    async getMany(keys) {
      return keys.map((key) => {
        const text = texts.get(key);
        return text === undefined ? undefined : parse(text);
      });
    },
    async putMany(entries) {
      const written = entries.map(([key, value]) => [key, JSON.stringify(value)] as const);
      for (const [key, text] of written) texts.set(key, text);
    },
    async deleteMany(keys) {
      for (const key of keys) texts.delete(key);
    },
    async *scan(prefix) {
      const found = [...texts].filter(([key]) => key.startsWith(prefix));
      for (const [key, text] of found.sort(([a], [b]) => (a < b ? -1 : 1))) yield [key, parse(text)];
    },
    async close() {},
  };
}
