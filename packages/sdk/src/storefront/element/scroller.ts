import type { Messages } from './messages.ts';

/** Two buttons that move a list sideways by what it shows; they are not there where all of it is shown. */
export interface Scroller {
  readonly element: HTMLElement;
  label(messages: Messages): void;
  close(): void;
}

/** Pixels that a list may be off its end by, for it is laid out in fractions of them. */
const NEARLY = 4;

export function scroller(list: HTMLElement): Scroller {
  const element = document.createElement('div');
  element.className = 'evershelf-nav';
  const back = button('back', -1);
  const on = button('on', 1);
  element.append(back, on);
  const update = (): void => {
    const left = list.scrollWidth - list.clientWidth;
    const at = Math.abs(list.scrollLeft);
    // Not `disabled`: a button that has the focus would lose it.
    back.ariaDisabled = String(at < NEARLY);
    on.ariaDisabled = String(at > left - NEARLY);
    element.hidden = left < NEARLY;
    // Cards that are no links are moved by the keyboard all the same.
    if (!element.hidden && !list.querySelector('[href], button, .evershelf-skeleton')) list.tabIndex = 0;
  };
  const sizes = new ResizeObserver(update);
  const entries = new MutationObserver(() => requestAnimationFrame(update));
  list.addEventListener('scroll', update, { passive: true });
  sizes.observe(list);
  entries.observe(list, { childList: true });
  return {
    element,
    label(messages) {
      back.ariaLabel = messages.back;
      on.ariaLabel = messages.on;
    },
    close() {
      sizes.disconnect();
      entries.disconnect();
    },
  };

  function button(name: string, direction: number): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = `evershelf-scroll evershelf-${name}`;
    made.setAttribute('aria-controls', list.id);
    made.addEventListener('click', () => {
      const towards = getComputedStyle(list).direction === 'rtl' ? -direction : direction;
      list.scrollBy({ left: towards * list.clientWidth * 0.85 });
    });
    return made;
  }
}
