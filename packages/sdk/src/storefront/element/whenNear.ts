/** How far beside the window an element still is near: as much as the window shows. */
const MARGIN = '100%';

const calls = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls once, when an element is in the window or near it; of many elements together. Never for one that is not displayed. */
export function whenNear(element: Element, call: () => void): void {
  observer ??= new IntersectionObserver(
    (entries, all) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        all.unobserve(target);
        calls.get(target)?.();
        calls.delete(target);
      }
    },
    { rootMargin: MARGIN },
  );
  calls.set(element, call);
  observer.observe(element);
}

/** Calls no more for an element. */
export function forgetNear(element: Element): void {
  calls.delete(element);
  observer?.unobserve(element);
}
