/** A value kept as JSON under a key. Where storage is refused or holds something else, it lasts as long as the page. */
export class Stored<T> {
  readonly #storage: () => Storage;
  readonly #key: string;
  readonly #check: (value: unknown) => T;

  /** @param check makes the value of whatever was stored, null where nothing was */
  constructor(storage: () => Storage, key: string, check: (value: unknown) => T) {
    this.#storage = storage;
    this.#key = `shop.${key}`;
    this.#check = check;
  }

  read(): T {
    try {
      return this.#check(JSON.parse(this.#storage().getItem(this.#key) ?? 'null'));
    } catch {
      return this.#check(null);
    }
  }

  write(value: T): void {
    try {
      this.#storage().setItem(this.#key, JSON.stringify(value));
    } catch {
      // Private windows may refuse; the page goes on with what it holds.
    }
  }
}
