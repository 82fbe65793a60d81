/**
 * The shelf element as a component of React.
 *
 * @module evershelf/react
 */
import { createElement, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { attributesOf } from '../storefront/element/attributesOf.ts';
import type { ShelfProps } from '../storefront/element/ShelfProps.ts';

export type { ShelfProps };

/** Attributes of the element as props, and what React has for any element. */
export interface EvershelfShelfProps extends ShelfProps {
  readonly id?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
  /** What the shop has for a shelf that is not there. A card's template is named by `template`: React does not fill `<template>`. */
  readonly children?: ReactNode;
}

/** `<evershelf-shelf>`, for React 18 and later; the storefront that the page opens fills it. */
export function EvershelfShelf({ children, className, style, ...props }: EvershelfShelfProps): ReactElement {
  const attributes = attributesOf({ ...props, class: className });
  // On a page that a server has rendered the shelf may have its cards before React takes it up: what stands in it is not React's.
  const content =
    (children ?? false) === false
      ? { dangerouslySetInnerHTML: { __html: nothing() }, suppressHydrationWarning: true }
      : { children };
  return createElement('evershelf-shelf', { ...attributes, style, ...content });
}

/** No HTML, as a page takes it that enforces Trusted Types, too. */
function nothing(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: { readonly emptyHTML: string } };
  return trustedTypes?.emptyHTML ?? '';
}
