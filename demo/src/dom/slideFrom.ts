/** Lets elements glide from where they were to where they are now. */
export function slideFrom(before: ReadonlyMap<Element, number>): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [element, left] of before) {
    if (!element.isConnected) continue;
    const by = left - (element as HTMLElement).offsetLeft;
    if (by === 0) continue;
    element.animate([{ transform: `translateX(${by}px)` }, { transform: 'none' }], {
      duration: 320,
      easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
    });
  }
}
