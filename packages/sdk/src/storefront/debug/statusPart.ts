import type { EngineStatus, ShelfStatus } from '../../types.ts';
import { countBar } from './countBar.ts';
import { engineBars } from './engineBars.ts';
import { facts } from './facts.ts';
import { h } from './h.ts';
import { setText } from './setText.ts';
import { sparkline } from './sparkline.ts';
import { words } from './words.ts';

/** What the recommender says of itself: engine, ladder, freshness, network, cache and profile. */
export interface StatusPart {
  readonly elements: readonly HTMLElement[];
  /** @param milliseconds of the latest answers, oldest first */
  update(status: ShelfStatus, milliseconds: readonly number[]): void;
}

export function statusPart(): StatusPart {
  const engine = h('strong', { class: 'engine-now', 'data-fact': 'engine' });
  const last = h('b', { 'data-fact': 'milliseconds' });
  const spark = sparkline();
  const engines = engineBars();
  const reason = h('p', { class: 'small' });
  const adapter = h('p', { class: 'small', 'data-fact': 'adapter' });
  const ladder = countBar('How much the model knows', words.rungs);
  const freshness = countBar('How sure of the attributes', words.freshnesses);
  const figures = facts(
    {
      revision: 'Revision',
      requests: 'Requests',
      received: 'Received',
      source: 'Model from',
      pages: 'Cache hits',
      events: 'Your events',
      items: 'Products',
      had: 'You had',
      kept: 'Device keeps',
    },
    'tiles',
  );
  const model = h('p', { class: 'small', 'data-fact': 'model' });
  const error = h('p', { class: 'error', hidden: '' });
  return {
    elements: [
      h(
        'section',
        { 'aria-label': 'Engine' },
        h('p', { class: 'now' }, engine, h('span', { class: 'small' }, last, ' last answer')),
        spark.element,
        engines.element,
        reason,
        adapter,
      ),
      h('section', { 'aria-label': 'Products' }, ladder.element, freshness.element),
      h('section', { 'aria-label': 'Network, cache and profile' }, figures.element, model, error),
    ],
    update(status, milliseconds) {
      const { network, cache, profile } = status;
      const chosen = knownEngine(status);
      setText(engine, words.engines[chosen.name]);
      const latest = milliseconds.at(-1);
      setText(last, latest === undefined ? '–' : words.milliseconds(latest));
      spark.update(milliseconds);
      engines.update(chosen);
      setText(reason, chosen.reason);
      setText(adapter, adapterText(status));
      ladder.update(status.byRung);
      freshness.update(status.byFreshness);
      figures.set('revision', String(status.revision));
      figures.set('requests', words.count(network.requests));
      figures.set('received', words.bytes(network.bytes));
      figures.set('source', cache.model ? 'device' : 'network');
      figures.set('pages', words.count(cache.pages));
      figures.set('events', words.count(profile.events));
      figures.set('items', words.count(status.items));
      figures.set('had', words.count(profile.items));
      figures.set('kept', cache.persistent ? 'yes' : 'nothing');
      setText(
        model,
        `Model ${status.model.slice(0, 16)}${status.complete ? '' : ', not all of it here yet'}`,
      );
      error.hidden = status.lastError === undefined;
      setText(error, status.lastError ?? '');
    },
  };
}

/** What ranks for one shelf, or for each of many where more is known of that: a page may ask for all of its shelves at once. */
function knownEngine({ engines: { one, many } }: ShelfStatus): EngineStatus {
  const figures = ({ milliseconds }: EngineStatus): number => Object.keys(milliseconds).length;
  return figures(many) > figures(one) ? many : one;
}

function adapterText({ adapter }: ShelfStatus): string {
  if (!adapter) return 'No GPU adapter taken.';
  const name = [adapter.description, adapter.vendor, adapter.architecture].filter(Boolean).join(', ');
  return `Adapter: ${name || 'unnamed'}${adapter.software ? ' (software)' : ''}`;
}
