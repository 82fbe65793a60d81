import type { Freshness, ShelfStatus } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { plural } from '../dom/plural.ts';
import { setText } from '../dom/setText.ts';
import { freshnesses } from '../shelves/freshnesses.ts';
import { rungs } from '../shelves/rungs.ts';
import { bytes } from './bytes.ts';
import { EngineBars, NAMES } from './EngineBars.ts';
import { Facts } from './Facts.ts';
import { milliseconds } from './milliseconds.ts';
import { panelControls } from './panelControls.ts';
import type { PanelSwitch } from './PanelSwitch.ts';
import { rungsInOrder } from './rungsInOrder.ts';
import { Sparkline } from './Sparkline.ts';
import { StackedBar } from './StackedBar.ts';

/** Milliseconds between two looks at the shelf's status while the panel is open. */
const LOOK = 1000;

/** What goes on under the shelf: engine, ladder, freshness, network, cache and profile. */
export class Panel {
  readonly #element: HTMLElement;
  readonly #switch: PanelSwitch;
  readonly #engine = h('strong', { class: 'panel-engine', 'data-testid': 'panel-engine' });
  readonly #reason = h('p', { class: 'panel-small' });
  readonly #adapter = h('p', { class: 'panel-small', 'data-testid': 'panel-adapter' });
  readonly #last = h('span', { 'data-testid': 'panel-ms' });
  readonly #spark = new Sparkline();
  readonly #engines = new EngineBars();
  readonly #ladder = new StackedBar('How much the model knows');
  readonly #freshness = new StackedBar('How sure of the attributes');
  readonly #facts = new Facts()
    .add('Revision', 'panel-revision')
    .add('Requests')
    .add('Received')
    .add('Model from')
    .add('Pages kept')
    .add('Your events');
  readonly #model = h('p', { class: 'panel-small panel-model' });
  readonly #error = h('p', { class: 'panel-error', hidden: true });

  constructor(element: HTMLElement, panelSwitch: PanelSwitch) {
    this.#element = element;
    this.#switch = panelSwitch;
  }

  /** Fills it in once the shop is open, and keeps it up to date. */
  ready(shop: Shop): void {
    this.#element.append(
      h(
        'div',
        { class: 'panel-head' },
        h('h2', {}, 'Under the shelf'),
        h(
          'button',
          {
            class: 'round-button',
            type: 'button',
            'aria-label': 'Close the panel',
            onclick: () => {
              this.#switch.set(false);
              document.querySelector<HTMLElement>('[aria-controls=panel]')?.focus();
            },
          },
          icon('close'),
        ),
      ),
      h(
        'div',
        { class: 'panel-body' },
        panelControls(shop),
        h(
          'section',
          { class: 'panel-part' },
          h(
            'div',
            { class: 'panel-now' },
            h('span', {}, this.#engine),
            h('span', { class: 'panel-last' }, this.#last, ' last answer'),
          ),
          this.#spark.element,
          this.#engines.element,
          this.#reason,
          this.#adapter,
        ),
        h('section', { class: 'panel-part' }, this.#ladder.element, this.#freshness.element),
        h('section', { class: 'panel-part' }, this.#facts.element, this.#model, this.#error),
      ),
    );
    shop.changed.on(() => this.#update(shop));
    shop.ranking.answered.on(() => this.#update(shop));
    shop.shelf.on('engine', () => this.#update(shop));
    this.#switch.changed.on(() => this.#update(shop));
    setInterval(() => this.#update(shop), LOOK);
    this.#update(shop);
  }

  #update({ shelf, ranking }: Shop): void {
    if (!this.#switch.open || document.hidden) return;
    const status = shelf.status();
    const times = ranking.milliseconds;
    setText(this.#engine, NAMES[status.engines.one.name]);
    setText(this.#reason, status.engines.one.reason);
    setText(this.#adapter, adapterText(status));
    setText(this.#last, times.length > 0 ? milliseconds(times.at(-1)!) : '–');
    this.#spark.update(times);
    this.#engines.update(status);
    this.#ladder.update(rungsInOrder.map((name) => ({ name, count: status.byRung[name], ...rungs[name] })));
    this.#freshness.update(
      (Object.keys(freshnesses) as Freshness[]).map((name) => ({
        name,
        label: freshnesses[name],
        count: status.byFreshness[name],
      })),
    );
    this.#facts.set('Revision', String(status.revision));
    this.#facts.set('Requests', String(status.network.requests));
    this.#facts.set('Received', bytes(status.network.bytes));
    this.#facts.set('Model from', status.cache.model ? 'device' : 'network');
    this.#facts.set('Pages kept', status.cache.persistent ? String(status.cache.pages) : 'nothing');
    this.#facts.set('Your events', String(status.profile.events));
    setText(this.#model, `${plural(status.items, 'product')}, model ${status.model.slice(0, 16)}`);
    this.#error.hidden = status.lastError === undefined;
    setText(this.#error, status.lastError ?? '');
  }
}

function adapterText({ adapter }: ShelfStatus): string {
  if (!adapter) return 'No GPU adapter taken.';
  const name = [adapter.description, adapter.vendor, adapter.architecture].filter(Boolean).join(', ');
  return `Adapter: ${name || 'unnamed'}${adapter.software ? ' (software)' : ''}`;
}
