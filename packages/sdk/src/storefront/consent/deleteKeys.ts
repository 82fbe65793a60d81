import { attempt } from '../../attempt.ts';

/** Deletes what is stored of the shopper outside of the databases, by whatever part and version. */
export function deleteKeys(): void {
  for (const storage of [() => localStorage, () => sessionStorage])
    attempt(() => {
      const stored = storage();
      for (const key of Object.keys(stored)) if (key.startsWith('evershelf-')) stored.removeItem(key);
    });
}
