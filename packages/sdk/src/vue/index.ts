import { type FunctionalComponent, h } from 'vue';
import { attributesOf } from '../storefront/element/attributesOf.ts';
import type { ShelfProps } from '../storefront/element/ShelfProps.ts';

/** `<evershelf-shelf>`, for Vue 3; the storefront that the page opens fills it. */
export const EvershelfShelf: FunctionalComponent<ShelfProps> = (props, { slots }) =>
  h('evershelf-shelf', attributesOf({ ...props }), slots['default']?.());
