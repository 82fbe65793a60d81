import { type Child, h } from './h.ts';

const MILLISECONDS = 6000;

/**
 * Shows a message, in place of the one before: for some seconds, and as long as the pointer or the focus is on it; a lasting one
 * until the page is left.
 */
export function toast(kind: 'note' | 'error' | 'lasting', ...children: readonly Child[]): void {
  const element = h('div', { class: `toast toast-${kind}` }, ...children);
  const list = document.querySelector('#toasts')!;
  list.replaceChildren(element);
  if (kind === 'lasting') return;
  const timer = setInterval(() => {
    if (element.matches(':hover, :focus-within')) return;
    clearInterval(timer);
    element.remove();
  }, MILLISECONDS);
}
