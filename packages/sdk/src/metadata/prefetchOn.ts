/** How far from the viewport an element is near it, as a part of its height. */
const NEAR = '50%';

/**
 * Acts once when an element nears the viewport, and whenever the shopper points at it.
 *
 * @param signal ends it
 */
export function prefetchOn(element: Element, act: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  element.addEventListener('pointerenter', act, { signal });
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: NEAR },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
}
