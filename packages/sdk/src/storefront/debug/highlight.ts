import { h } from './h.ts';

/** Pixels from the frame's edge to what it is around: its border and its light line take 5 of them, the rest is air. */
const BESIDE = 9;

/** A frame around an element of the page, which does not move it or stand in its way. */
export interface Highlight {
  readonly element: HTMLElement;
  /** Frames an element, or nothing. */
  show(target: Element | undefined): void;
}

export function highlight(): Highlight {
  const element = h('div', { class: 'frame', 'aria-hidden': 'true', hidden: '' });
  let target: Element | undefined;
  let frame = 0;

  const follow = (): void => {
    const box = target?.isConnected === true ? target.getBoundingClientRect() : undefined;
    element.hidden = box === undefined || box.width === 0;
    if (box === undefined) return;
    const { style } = element;
    style.transform = `translate(${box.left - BESIDE}px, ${box.top - BESIDE}px)`;
    style.width = `${box.width + 2 * BESIDE}px`;
    style.height = `${box.height + 2 * BESIDE}px`;
    // The page scrolls, and cards slide to their new places.
    frame = requestAnimationFrame(follow);
  };

  return {
    element,
    show(now) {
      cancelAnimationFrame(frame);
      target = now;
      follow();
    },
  };
}
