import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';

/** The shop could not be opened. */
export function errorPage(error: unknown, retry: () => void): Page {
  const why = error instanceof Error ? error.message : String(error);
  const again = h('button', { class: 'button', type: 'button', onclick: retry }, icon('retry'), 'Try again');
  const message = messagePage(
    'plunger',
    'The shop could not open',
    h('p', {}, 'Its catalogue did not load. Your cart is safe on this device.'),
    h('p', { class: 'message-detail', role: 'alert' }, why),
    again,
  );
  return {
    title: 'Closed for a moment',
    state: {},
    element: h('div', { class: 'page', 'data-testid': 'error' }, message),
  };
}
