/** Calls back those who listen, until their signal fires. */
export class Emitter {
  readonly #listeners = new Set<() => void>();

  on(listener: () => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  emit(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
