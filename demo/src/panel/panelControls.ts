import type { Shop } from '../app/Shop.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { icon, type IconName } from '../dom/icon.ts';
import { toast } from '../dom/toast.ts';
import { addressOf } from '../router/addressOf.ts';

/** What a visitor can do to the shop to see how it copes. */
export function panelControls(shop: Shop): HTMLElement {
  const { shelf, arrivals, habits } = shop;
  const offline = h(
    'button',
    {
      class: 'switch',
      type: 'button',
      role: 'switch',
      'data-testid': 'offline-toggle',
      onclick: () => {
        shelf.offline(offline.ariaChecked !== 'true');
        shop.changed.emit();
      },
    },
    h('span', { class: 'switch-text' }, 'Take the shop offline'),
    h('span', { class: 'switch-track' }),
  );
  const update = (): void => {
    offline.ariaChecked = String(shelf.status().offline);
  };
  update();
  shop.changed.on(update);

  return h(
    'div',
    { class: 'controls' },
    offline,
    control('sparkle', 'New product arrives', 'arrive', async () => {
      const item = await arrivals.request();
      toast('note', h('span', {}, itemTitle(item)), h('a', { href: addressOf.product(item.id) }, 'See it'));
    }),
    h(
      'div',
      { class: 'controls-pair' },
      control('retry', 'Wipe cache', 'wipe', async () => {
        await shelf.forget();
        location.reload();
      }),
      control('forget', 'Forget me', 'forget', async () => {
        await shelf.forget();
        habits.clear();
        shop.changed.emit();
        toast('note', 'All that was learnt about you is deleted. Your cart is kept.');
      }),
    ),
  );
}

function control(name: IconName, label: string, testId: string, act: () => Promise<void>): HTMLElement {
  const onclick = async (): Promise<void> => {
    button.ariaDisabled = 'true';
    try {
      await act();
    } catch (error) {
      toast('error', error instanceof Error ? error.message : String(error));
    }
    button.ariaDisabled = null;
  };
  const button = h(
    'button',
    { class: 'button button-quiet', type: 'button', 'data-testid': testId, onclick },
    icon(name),
    label,
  );
  return button;
}
