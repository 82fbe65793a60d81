/** Milliseconds from a change to the look at it, and so between two looks; more where looks take more than a fiftieth of the time. */
const PAUSE = 250;
const SHARE = 50;

/** Attributes by which a page says something new without a new element. */
const ATTRIBUTES = ['content', 'href', 'itemprop', 'lang'];

/** Calls back when the page has grown or changed, or a script of it has run: soon after, four times a second at most. */
export function watchGrowth(grown: () => void): { close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = PAUSE;
  const look = (): void => {
    timer = undefined;
    const began = performance.now();
    grown();
    pause = Math.max(PAUSE, SHARE * (performance.now() - began));
  };
  const later = (): void => void (timer ??= setTimeout(look, pause));
  const observer = new MutationObserver(later);
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ATTRIBUTES,
  });
  const loaded = ({ target }: Event): void => {
    if ((target as Partial<Element>).localName === 'script') later();
  };
  // Loads of scripts do not bubble.
  document.addEventListener('load', loaded, true);
  return {
    close() {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('load', loaded, true);
    },
  };
}
