/** Uses a storage of the browser; where a browser keeps nothing for a site, to ask for it throws, and nothing is done. */
export function attempt(use: () => unknown): void {
  try {
    use();
  } catch {}
}
