import type { Consent } from '../../types.ts';
import type { Storefront } from '../Storefront.ts';
import { h } from './h.ts';

const CONSENTS: Readonly<Record<Consent, string>> = {
  none: 'keeps nothing',
  cache: 'keeps the shop',
  profile: 'keeps all',
};

/** What can be done to the page: take it off the network, change what may be kept, forget all of it. */
export function controls(storefront: Storefront): { readonly element: HTMLElement; update(): void } {
  const offline = h(
    'button',
    {
      class: 'switch',
      type: 'button',
      role: 'switch',
      'aria-checked': 'false',
      onclick() {
        storefront.shelf.offline(!storefront.shelf.status().offline);
        update();
      },
    },
    'Take the shop offline',
    h('span', { class: 'switch-track' }),
  );
  const consent = h(
    'select',
    {
      'aria-label': 'Consent',
      onchange: () => void storefront.setConsent(consent.value as Consent).finally(update),
    },
    ...Object.entries(CONSENTS).map(([value, label]) => h('option', { value }, `${value}: ${label}`)),
  );
  const forget = h(
    'button',
    { class: 'button', type: 'button', onclick: () => void storefront.forget().finally(update) },
    'Forget all',
  );
  const update = (): void => {
    offline.setAttribute('aria-checked', String(storefront.shelf.status().offline));
    consent.value = storefront.consent();
  };
  return {
    element: h(
      'section',
      { class: 'controls', 'aria-label': 'Controls' },
      offline,
      h('div', { class: 'row' }, consent, forget),
    ),
    update,
  };
}
