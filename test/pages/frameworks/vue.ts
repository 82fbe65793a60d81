import { createApp, defineComponent, h, reactive, version } from 'vue';
import { openStorefront } from '../../../packages/sdk/src/storefront/index.ts';
import { EvershelfShelf } from '../../../packages/sdk/src/vue/index.ts';

/** A shop of Vue: a shelf whose props change, and that leaves and comes back. */
const Shop = defineComponent(() => {
  const state = reactive({ count: 4, shown: true });
  const button = (text: string, next: Partial<typeof state>) =>
    h('button', { onClick: () => Object.assign(state, next) }, text);
  return () =>
    h('main', { 'data-version': version }, [
      button('More', { count: 6 }),
      button('Away', { shown: false }),
      button('Back', { shown: true }),
      state.shown
        ? h(EvershelfShelf, {
            placement: 'home',
            count: state.count,
            class: ['of-the-shop', { unseen: false }],
            style: { maxInlineSize: '120rem' },
            onEvershelfDrawn: () => (document.body.dataset['drawn'] = 'told'),
            why: state.count > 4,
            repeat: false,
            where: { price: { to: 5 } },
            brandCap: 1,
          })
        : undefined,
    ]);
});

createApp(Shop).mount('#app');
const { model } = document.body.dataset;
void openStorefront({ model: model!, consent: 'none', engine: 'cpu', read: false });
