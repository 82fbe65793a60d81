/** Tells when elements have been seen. */
export interface SeenWatch {
  watch(element: Element): void;
  unwatch(element: Element): void;
  close(): void;
}

/** Share of an element that stands in the viewport, and milliseconds for which it does, in a row. */
const SHARE = 0.5;
const LASTING = 1000;

/**
 * Tells once of each element that it was seen: half of it stood in the viewport for a second, in a page that is visible. So the Media
 * Rating Council counts a viewable impression of display advertising (Viewable Ad Impression Measurement Guidelines 2.0, 2015). What
 * other elements cover counts as seen, which browsers do not tell.
 */
export function watchSeen(seen: (element: Element) => void): SeenWatch {
  /** Those that stand in the viewport, each with its timer while the page is visible. */
  const standing = new Map<Element, ReturnType<typeof setTimeout> | undefined>();
  const start = (element: Element): void => {
    clearTimeout(standing.get(element));
    const timer = document.hidden
      ? undefined
      : setTimeout(() => {
          unwatch(element);
          seen(element);
        }, LASTING);
    standing.set(element, timer);
  };
  const stop = (element: Element): void => {
    clearTimeout(standing.get(element));
    standing.delete(element);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries)
        if (!isIntersecting || intersectionRatio < SHARE) stop(target);
        else if (!standing.has(target)) start(target);
    },
    { threshold: SHARE },
  );
  const unwatch = (element: Element): void => {
    observer.unobserve(element);
    stop(element);
  };
  const turned = (): void => {
    for (const [element, timer] of standing) {
      clearTimeout(timer);
      if (!document.hidden) start(element);
    }
  };
  document.addEventListener('visibilitychange', turned);
  return {
    watch: (element) => observer.observe(element),
    unwatch,
    close() {
      observer.disconnect();
      for (const timer of standing.values()) clearTimeout(timer);
      standing.clear();
      document.removeEventListener('visibilitychange', turned);
    },
  };
}
