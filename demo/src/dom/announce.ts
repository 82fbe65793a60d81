let pending: ReturnType<typeof setTimeout> | undefined;

/** Tells screen readers, politely; of several in a row the last. */
export function announce(text: string): void {
  clearTimeout(pending);
  pending = setTimeout(() => {
    document.querySelector('#announcer')!.textContent = text;
  }, 400);
}
