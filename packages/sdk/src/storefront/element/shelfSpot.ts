import { attributeReader } from '../placements/attributeReader.ts';
import { placementOf } from '../placements/placementOf.ts';
import type { PageState } from '../Storefront.ts';
import { adoptStyles } from './adoptStyles.ts';
import { attributeText } from './attributeText.ts';
import type { Board } from './Board.ts';
import { defaultHeading } from './defaultHeading.ts';
import { languageOf } from './languageOf.ts';
import { type Messages, messagesOf, type OwnMessages, say } from './messages.ts';
import { partNames } from './partNames.ts';
import type { CardContent } from './partValues.ts';
import { hasFallback, headingOf, templateOf } from './shopParts.ts';
import { type Heading, type ShelfView, shelfView, type ViewOptions } from './shelfView.ts';
import type { Filling, Spot } from './Spot.ts';
import { tellProblems } from './tellProblems.ts';
import { forgetNear, whenNear } from './whenNear.ts';

/** What an element does with its life. */
export interface ShelfSpot extends Spot {
  connect(): void;
  disconnect(): void;
  /** An attribute is another one. */
  changed(): void;
  fillBy(board: Board | undefined): void;
}

/**
 * What an element is: it waits, shows cards, holds the room of a shelf that turned out empty in the window, shows what the shop has for
 * that, or nothing.
 */
type State = 'loading' | 'filled' | 'reserved' | 'fallback' | 'empty';

export function shelfSpot(element: HTMLElement): ShelfSpot {
  let view: ShelfView | undefined;
  let board: Board | undefined;
  let isNear = false;
  let awaitsChange = false;
  let subject: string | undefined;
  let last: Filling | undefined;
  let isLate = false;
  /** Ids of the items of which it was told that they are drawn; none where it was told that there are none. */
  let told: string | undefined;
  const rearrange = (): void => {
    if (arrange()) redraw();
  };
  const children = new MutationObserver(rearrange);
  const sight = new IntersectionObserver((entries) => {
    if (entries.at(-1)!.isIntersecting || stateNow() !== 'reserved') return;
    collapse();
  });

  const text = (attribute: string): string | undefined => attributeText(element, attribute);

  const spot: ShelfSpot = {
    element,
    text,
    near: () => isNear,
    name: () => element.getAttribute('name') ?? undefined,
    wantsWhy: () =>
      element.hasAttribute('why') ||
      [...(templateOf(element)?.content.querySelectorAll('*') ?? [])].some((part) =>
        partNames(part).includes('why'),
      ),
    isHeld,
    show,
    fail() {
      last = undefined;
      empty();
    },
    connect() {
      adoptStyles(element.getRootNode() as Document | ShadowRoot);
      // What a copy of the page, or a server, drew of a shelf.
      for (const stale of element.querySelectorAll(':scope > .evershelf-section'))
        if (stale !== view?.section) stale.remove();
      if (view === undefined) state('loading');
      arrange();
      children.observe(element, { childList: true });
      // Its template may stand further down in a page that is still being read.
      if (document.readyState === 'loading')
        document.addEventListener('DOMContentLoaded', rearrange, { once: true });
      if (!isNear)
        whenNear(element, () => {
          isNear = true;
          board?.ask(spot);
        });
      element.addEventListener('pointerleave', release);
      element.addEventListener('focusout', release);
    },
    disconnect() {
      children.disconnect();
      sight.disconnect();
      forgetNear(element);
      board?.leave(spot);
      board = undefined;
    },
    changed() {
      if (!element.isConnected || awaitsChange) return;
      awaitsChange = true;
      // All attributes of one change at once.
      queueMicrotask(() => {
        awaitsChange = false;
        if (!element.isConnected) return;
        arrange();
        redraw();
      });
    },
    fillBy(next) {
      // It was only moved.
      if (next === board && last !== undefined) return;
      if (next !== board) board?.leave(spot);
      // What is not displayed is near to nothing: it waits for another storefront as it did for the first.
      if (next !== undefined && next !== board && last === undefined && stateNow() === 'empty') {
        state('loading');
        view?.busy(true);
      }
      board = next;
      arrange();
      board?.ask(spot);
    },
  };
  return spot;

  /** Shows at once what it shows, as it is to look now, and asks whether that is still right. */
  function redraw(): void {
    if (last !== undefined) show(last);
    board?.ask(spot);
  }

  /**
   * Brings the shelf's own part in line with what stands in the element.
   *
   * @returns true where it is another one, without cards
   */
  function arrange(): boolean {
    const template = templateOf(element);
    const wanted: ViewOptions = {
      template,
      why: element.hasAttribute('why'),
      layout: element.getAttribute('layout') === 'grid' ? 'grid' : 'row',
      count: placed().count,
    };
    const isOther =
      view === undefined ||
      (['template', 'why', 'layout'] as const).some((name) => view!.options[name] !== wanted[name]) ||
      (last === undefined && view.options.count !== wanted.count);
    if (isOther) {
      view?.close();
      view = shelfView(wanted);
      view.busy(true);
    }
    label();
    const now = stateNow();
    if (now === 'empty' || now === 'fallback') collapse();
    else if (now === 'loading' && hasFallback(element, view?.section)) view!.section.remove();
    else place();
    return isOther;
  }

  /** Puts the shelf's own part behind its heading. */
  function place(): void {
    const { section } = view!;
    const heading = headingOf(element);
    const follows =
      heading === undefined || section.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_PRECEDING;
    if (section.parentNode === element && follows) return;
    if (heading === undefined || heading.nextSibling === null) element.append(section);
    else heading.after(section);
  }

  function show(filling: Filling): readonly HTMLElement[] | undefined {
    const { wish, cards, page } = filling;
    tellProblems(element, wish.problems);
    if (cards.length === 0) {
      last = undefined;
      subject = wish.subject;
      empty();
      return [];
    }
    const goesOn = subject === wish.subject;
    const was = stateNow();
    const held = goesOn && was === 'filled' && isHeld();
    last = filling;
    subject = wish.subject;
    state('filled');
    arrange();
    const elements = view!.show(
      cards.map((card, c) => contentOf(card, c, filling, page)),
      held,
    );
    view!.busy(false);
    isLate = elements === undefined;
    if (goesOn && was === 'empty' && isInWindow()) {
      // It would push aside what the shopper sees: it comes when it can do so unseen.
      collapse();
      return undefined;
    }
    if (elements !== undefined) tell('evershelf-drawn', cards.map(({ item }) => item.id).join('\0'));
    return elements;
  }

  function tell(event: 'evershelf-drawn' | 'evershelf-empty', ids: string): void {
    if (ids === told) return;
    told = ids;
    element.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true }));
  }

  function contentOf(
    { item, why }: Filling['cards'][number],
    c: number,
    { messages }: Filling,
    page: PageState,
  ): CardContent {
    const language = languageFor(page);
    const own = item['currency'];
    return {
      item,
      position: c + 1,
      language,
      currency: text('currency') ?? (typeof own === 'string' ? own : page.currency),
      why: why && say(messagesOf(language, messages)[why.name], why.about),
      href: text('href'),
    };
  }

  /** Nothing can be recommended. Room in the window stays until nobody sees it. */
  function empty(): void {
    view?.busy(false);
    tell('evershelf-empty', '');
    if (hasFallback(element, view?.section) || stateNow() === 'empty' || !isInWindow()) {
      collapse();
      return;
    }
    state('reserved');
    sight.observe(element);
  }

  function collapse(): void {
    sight.disconnect();
    state(hasFallback(element, view?.section) ? 'fallback' : 'empty');
    view?.section.remove();
  }

  function stateNow(): State {
    return element.dataset['evershelfState'] as State;
  }

  function state(name: State): void {
    element.dataset['evershelfState'] = name;
  }

  function release(): void {
    // The focus, or the pointer, may only go from card to card.
    requestAnimationFrame(() => {
      if (!isLate || isHeld()) return;
      isLate = false;
      board?.ask(spot);
    });
  }

  function isHeld(): boolean {
    const canHover = matchMedia('(hover: hover)').matches;
    return element.matches(canHover ? ':hover, :focus-within' : ':focus-within');
  }

  function isInWindow(): boolean {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  }

  function label(): void {
    view!.label(heading(), messagesFor());
  }

  function heading(): Heading {
    const own = headingOf(element);
    if (own !== undefined) return own;
    const given = element.getAttribute('heading');
    const level = Math.min(Math.max(Math.trunc(Number(element.getAttribute('level'))) || 2, 1), 6);
    const placement = last?.wish.placement ?? placed().placement;
    const text =
      given || defaultHeading(messagesFor(), placement, element.getAttribute('intent'), last?.wish);
    return { text, level: given === '' ? undefined : level };
  }

  function messagesFor(): Messages {
    const own: OwnMessages = last?.messages ?? board?.messages ?? {};
    return messagesOf(languageFor(last?.page ?? board?.page() ?? {}), own);
  }

  function languageFor(page: PageState): string {
    return languageOf(element) ?? page.language ?? navigator.language;
  }

  /** As its wish will have it, once there is one. */
  function placed(): ReturnType<typeof placementOf> {
    return placementOf(attributeReader(text), board?.page() ?? {}, board?.placement ?? (() => ({})));
  }
}
