/** Follows links within the shop without loading a page, and keeps where each page was scrolled to. */
export class Router {
  readonly #show: (url: URL) => void;

  /** @param show puts the page of an address in place */
  constructor(show: (url: URL) => void) {
    this.#show = show;
  }

  start(): void {
    history.scrollRestoration = 'manual';
    document.addEventListener('click', (event) => this.#follow(event));
    addEventListener('popstate', (event) => {
      this.#show(new URL(location.href));
      scrollTo(0, scrollOf(event.state));
    });
    addEventListener('pagehide', () => this.#keepScroll());
    this.#show(new URL(location.href));
    scrollTo(0, scrollOf(history.state));
  }

  go(address: string): void {
    this.#keepScroll();
    history.pushState(null, '', address);
    this.#show(new URL(location.href));
    scrollTo(0, 0);
  }

  /** Goes to an address from which nothing leads back to this one. */
  replace(address: string): void {
    history.replaceState(null, '', address);
    this.#show(new URL(location.href));
    scrollTo(0, 0);
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link?.getAttribute('href')?.startsWith('/') || link.target || link.hasAttribute('download')) return;
    event.preventDefault();
    this.go(link.getAttribute('href')!);
  }

  #keepScroll(): void {
    history.replaceState({ scroll: scrollY }, '');
  }
}

function scrollOf(state: unknown): number {
  return (state as { scroll?: number } | null)?.scroll ?? 0;
}
