import type { Store } from './Store.ts';

/** A store whose calls are timed, in seconds; a scan until its last record was taken. */
export function timedStore(store: Store, tell: (call: string, seconds: number) => void): Store {
  const timed = async <T>(call: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      tell(call, (performance.now() - began) / 1000);
    }
  };
  return {
    getMany: (keys) => timed('getMany', () => store.getMany(keys)),
    putMany: (entries, version) => timed('putMany', () => store.putMany(entries, version)),
    deleteMany: (keys) => timed('deleteMany', () => store.deleteMany(keys)),
    async *scan(group) {
      const began = performance.now();
      try {
        yield* store.scan(group);
      } finally {
        tell('scan', (performance.now() - began) / 1000);
      }
    },
    close: () => store.close(),
  };
}
