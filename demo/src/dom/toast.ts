import { type Child, h } from './h.ts';

const MILLISECONDS = 6000;

/** Shows a message for some seconds, in place of the one before; it stays while the pointer or the focus is on it. */
export function toast(kind: 'note' | 'error', ...children: readonly Child[]): void {
  const element = h('div', { class: `toast toast-${kind}` }, ...children);
  const list = document.querySelector('#toasts')!;
  list.replaceChildren(element);
  const timer = setInterval(() => {
    if (element.matches(':hover, :focus-within')) return;
    clearInterval(timer);
    element.remove();
  }, MILLISECONDS);
}
