/**
 * The shelf element as a component of Vue.
 *
 * @module evershelf/vue
 */
import { type FunctionalComponent, h } from 'vue';
import { attributesOf } from '../storefront/element/attributesOf.ts';
import type { ShelfProps } from '../storefront/element/ShelfProps.ts';

export type { ShelfProps };

/** `<evershelf-shelf>`, for Vue 3; the storefront that the page opens fills it. Takes `class`, `style` and listeners as an element does. */
export const EvershelfShelf: FunctionalComponent<ShelfProps> = (props, { slots }) => {
  // Vue itself puts class, style and listeners onto the element, as it does for all functional components without declared props.
  const { class: _class, style: _style, ...own } = props as ShelfProps & Record<string, unknown>;
  return h('evershelf-shelf', attributesOf(own), slots['default']?.());
};
