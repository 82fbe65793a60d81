/**
 * The drawer, for who builds the page.
 *
 * @module evershelf/debug
 */
import type { Storefront, StorefrontEvent } from '../Storefront.ts';
import { controls } from './controls.ts';
import { drawerStyle } from './drawerStyle.ts';
import { h } from './h.ts';
import { highlight } from './highlight.ts';
import { pagePart } from './pagePart.ts';
import { shelfList } from './shelfList.ts';
import { statusPart } from './statusPart.ts';

/** Milliseconds between two looks at what changes without being told: requests, bytes, the cache. */
const LOOK = 1000;
/** Answers whose times are kept. */
const KEPT = 48;
const EVENTS: readonly StorefrontEvent[] = ['page', 'consent', 'improved', 'shelves'];

export interface DrawerOptions {
  /** False to begin closed; default true. */
  readonly open?: boolean;
  /** False where the page has a button of its own for it; default true: a button stays at the page's edge while it is closed. */
  readonly handle?: boolean;
  /** Called when it was opened or closed, by whomever. */
  readonly toggled?: (open: boolean) => void;
}

/** A drawer over the page that shows what goes on under its shelves. */
export interface Drawer {
  isOpen(): boolean;
  /** Opens it, with the focus in it, or closes it. */
  toggle(open?: boolean): void;
  /** Takes it off the page. */
  remove(): void;
}

/**
 * Puts the drawer over a page, at its end or at its bottom where it is narrow; the page's own layout stays as it is. It has a tree, styles
 * and a language of its own, and works under a policy that allows neither inline styles nor HTML from text.
 */
export function openDrawer(storefront: Storefront, options: DrawerOptions = {}): Drawer {
  const frame = highlight();
  const parts = { controls: controls(storefront), page: pagePart(), shelves: shelfList(storefront, frame) };
  const status = statusPart();
  const milliseconds: number[] = [];
  const counted = new WeakSet<object>();
  const closing = h('button', {
    class: 'close',
    type: 'button',
    'aria-label': 'Close',
    onclick: () => toggle(false),
  });
  const drawer = h(
    'aside',
    {
      class: 'drawer',
      'aria-label': 'Evershelf: under the shelves',
      lang: 'en',
      dir: 'ltr',
      onkeydown(event) {
        if ((event as KeyboardEvent).key !== 'Escape') return;
        event.stopPropagation();
        toggle(false);
      },
    },
    h('header', { class: 'head' }, h('h2', {}, 'Under the shelves'), closing),
    h(
      'div',
      { class: 'body' },
      parts.controls.element,
      ...status.elements,
      parts.page.element,
      h('section', { 'aria-label': 'Shelves' }, h('h3', {}, 'Shelves on this page'), parts.shelves.element),
    ),
  );
  const handle = h(
    'button',
    {
      class: 'handle',
      type: 'button',
      lang: 'en',
      'aria-expanded': 'false',
      onclick: () => toggle(true),
    },
    'Under the shelves',
  );
  const host = document.createElement('evershelf-debug');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(drawerStyle);
  root.adoptedStyleSheets = [sheet];
  root.append(frame.element, handle, drawer);
  let isOpen = false;
  /** What had the focus before the drawer took it. */
  let before: Element | null = null;

  const update = (): void => {
    for (const { answer } of storefront.shelves()) {
      if (counted.has(answer)) continue;
      counted.add(answer);
      milliseconds.push(answer.milliseconds);
      if (milliseconds.length > KEPT) milliseconds.shift();
    }
    if (!isOpen || document.hidden) return;
    parts.controls.update();
    status.update(storefront.shelf.status(), milliseconds);
    parts.page.update(storefront.page());
    parts.shelves.update();
  };

  function show(open: boolean): void {
    isOpen = open;
    drawer.hidden = !open;
    handle.hidden = open || options.handle === false;
    host.dir = getComputedStyle(document.documentElement).direction;
    frame.show(undefined);
    update();
  }

  function toggle(open = !isOpen): void {
    if (open === isOpen) return;
    const hadFocus = root.activeElement !== null;
    if (open && !hadFocus) before = document.activeElement;
    show(open);
    if (open) closing.focus({ preventScroll: true });
    else if (hadFocus && before instanceof HTMLElement && before.isConnected && before !== document.body)
      before.focus({ preventScroll: true });
    else if (hadFocus && !handle.hidden) handle.focus({ preventScroll: true });
    options.toggled?.(open);
  }

  const offs = EVENTS.map((event) => storefront.on(event, update));
  const timer = setInterval(update, LOOK);
  document.body.append(host);
  show(options.open !== false);
  return {
    isOpen: () => isOpen,
    toggle,
    remove() {
      clearInterval(timer);
      for (const off of offs) off();
      frame.show(undefined);
      host.remove();
    },
  };
}
