import { h } from './h.ts';

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
    style.transform = `translate(${box.left - 4}px, ${box.top - 4}px)`;
    style.width = `${box.width + 8}px`;
    style.height = `${box.height + 8}px`;
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
