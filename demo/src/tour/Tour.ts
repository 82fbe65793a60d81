import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { setText } from '../dom/setText.ts';
import type { DrawerSwitch } from '../drawer/DrawerSwitch.ts';
import type { Router } from '../router/Router.ts';
import type { Step, TourContext } from './Step.ts';
import { putRight } from './putRight.ts';
import { steps } from './steps.ts';
import { TourMemory } from './TourMemory.ts';

/** Milliseconds between two looks at what a step shows. */
const LOOK = 500;

/** A walk through the ideas, beside the shop and not in its way. It goes on where it was left, also after another visit. */
export class Tour {
  readonly #router: Router;
  readonly #drawer: DrawerSwitch;
  readonly #memory = new TourMemory();
  readonly #place = h('p', { class: 'tour-place' });
  readonly #title = h('h2', { class: 'tour-title', tabindex: -1, id: 'tour-title' });
  readonly #text = h('p', { class: 'tour-text' });
  readonly #seen = h('p', { class: 'tour-seen', role: 'status', 'data-testid': 'tour-seen' });
  readonly #actions = h('div', { class: 'tour-actions' });
  readonly #back: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #element: HTMLElement;
  #shop: Shop | undefined;
  #asked = false;
  #before: Element | null = null;
  #running = false;
  #said: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(router: Router, drawer: DrawerSwitch) {
    this.#router = router;
    this.#drawer = drawer;
    this.#back = this.#button('Back', -1, 'button-quiet');
    this.#next = this.#button('Next', 1, 'tour-next');
    this.#element = h(
      'section',
      {
        class: 'tour',
        'aria-label': 'Tour',
        'data-testid': 'tour',
        hidden: true,
        onkeydown: (event: KeyboardEvent) => event.key === 'Escape' && this.#close(),
      },
      h(
        'div',
        { class: 'tour-head' },
        this.#place,
        h(
          'button',
          {
            class: 'round-button',
            type: 'button',
            'aria-label': 'Leave the tour',
            onclick: () => this.#close(),
          },
          icon('close'),
        ),
      ),
      this.#title,
      this.#text,
      this.#actions,
      this.#seen,
      h('div', { class: 'tour-steps' }, this.#back, this.#next),
    );
    document.body.append(this.#element);
  }

  /** Goes on with a tour that another visit began, or that was asked for while the shop opened. */
  ready(shop: Shop): void {
    this.#shop = shop;
    if (this.#asked) this.open();
    else if (this.#memory.now.isOpen) this.#show();
  }

  /** Begins, or goes on where it was left; before the shop is open, once it is. */
  open(): void {
    this.#asked = true;
    if (!this.#shop || !this.#element.hidden) return;
    this.#before = document.activeElement;
    this.#memory.keep({ isOpen: true });
    this.#show();
    this.#title.focus();
  }

  get #step(): Step {
    return steps[Math.min(this.#memory.now.step, steps.length - 1)]!;
  }

  get #context(): TourContext {
    return {
      shop: this.#shop!,
      router: this.#router,
      drawer: this.#drawer,
      memory: this.#memory,
      say: (text) => {
        this.#said = text;
        this.#update();
      },
    };
  }

  #show(): void {
    this.#element.hidden = false;
    document.documentElement.dataset['tour'] = 'open';
    // On a phone there is room for one of them.
    if (!matchMedia('(min-width: 68rem)').matches) void this.#drawer.set(false);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#update(), LOOK);
    this.#go(0);
  }

  #close(): void {
    clearInterval(this.#timer);
    this.#memory.keep({ isOpen: false });
    this.#tidy();
    this.#element.hidden = true;
    delete document.documentElement.dataset['tour'];
    this.#mark(undefined);
    const back = this.#before?.isConnected ? this.#before : document.querySelector('#main');
    (back as HTMLElement).focus({ preventScroll: true });
  }

  #go(by: number): void {
    const { step } = this.#memory.now;
    if (step + by >= steps.length) {
      this.#memory.keep({ step: 0 });
      return this.#close();
    }
    if (by !== 0) this.#tidy();
    this.#memory.keep({ step: Math.max(step + by, 0) });
    this.#said = undefined;
    this.#actions.replaceChildren();
    this.#seen.textContent = '';
    this.#update();
    if (by !== 0) this.#title.focus();
    this.#reveal();
  }

  #update(): void {
    const { title, text, actions, seen, target } = this.#step;
    const { step } = this.#memory.now;
    const context = this.#context;
    setText(this.#place, `${step + 1} of ${steps.length}`);
    setText(this.#title, title);
    setText(this.#text, text);
    setText(this.#seen, this.#said ?? seen(context) ?? '');
    this.#back.hidden = step === 0;
    setText(this.#next, step === steps.length - 1 ? 'Done' : 'Next');
    this.#mark(target);
    const action = actions.find(({ wanted }) => wanted(context));
    const shown = this.#actions.firstElementChild as HTMLButtonElement | null;
    if (this.#running) return;
    if (action?.label === shown?.textContent) return;
    const hadFocus = shown !== null && shown === document.activeElement;
    this.#actions.replaceChildren();
    if (action)
      this.#actions.append(
        h(
          'button',
          {
            class: 'button',
            type: 'button',
            'data-testid': 'tour-act',
            onclick: () => void this.#run(action),
          },
          action.label,
        ),
      );
    if (hadFocus) ((this.#actions.firstElementChild as HTMLElement | null) ?? this.#next).focus();
  }

  async #run(action: Step['actions'][number]): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    const button = this.#actions.firstElementChild;
    button?.setAttribute('aria-disabled', 'true');
    this.#said = undefined;
    try {
      await action.run(this.#context);
      this.#said = undefined;
    } catch (error) {
      this.#said = (error as Error).message;
    }
    this.#running = false;
    button?.removeAttribute('aria-disabled');
    this.#update();
    this.#reveal();
  }

  /** Puts right what a step has changed in the shop, once it is left. */
  #tidy(): void {
    if (this.#shop) putRight(this.#context).catch((error: Error) => console.error(error));
  }

  /** Brings what the step is about to where the tour does not cover it. */
  #reveal(): void {
    document.querySelector(this.#step.target ?? 'nothing')?.scrollIntoView({ block: 'start' });
  }

  /** Frames what the step is about. */
  #mark(target: string | undefined): void {
    const wanted = target === undefined ? null : document.querySelector(target);
    for (const marked of document.querySelectorAll('.tour-target'))
      if (marked !== wanted) marked.classList.remove('tour-target');
    wanted?.classList.add('tour-target');
  }

  #button(label: string, by: number, kind: string): HTMLButtonElement {
    return h('button', { class: `button ${kind}`, type: 'button', onclick: () => this.#go(by) }, label);
  }
}
