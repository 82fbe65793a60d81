import { createElement, type ReactElement, type ReactNode } from 'react';
import { attributesOf } from '../storefront/element/attributesOf.ts';
import type { ShelfProps } from '../storefront/element/ShelfProps.ts';

export interface EvershelfShelfProps extends ShelfProps {
  readonly id?: string;
  readonly className?: string;
  /** What the shop has for a shelf that is not there. A card's template is named by `template`: React does not fill `<template>`. */
  readonly children?: ReactNode;
}

/** `<evershelf-shelf>`, for React 18 and later; the storefront that the page opens fills it. */
export function EvershelfShelf({ children, className, ...props }: EvershelfShelfProps): ReactElement {
  return createElement('evershelf-shelf', attributesOf({ ...props, class: className }), children);
}
