import type { Rung } from '@evershelf/model';
import type { EngineName, Freshness } from '../../types.ts';

const whole = new Intl.NumberFormat('en-US');

/** What the drawer calls things, and how it writes figures. */
export const words = {
  engines: { cpu: 'CPU', worker: 'Worker', webgpu: 'WebGPU' } satisfies Record<EngineName, string>,
  rungs: {
    known: 'Known',
    attributes: 'Attributes',
    category: 'Category',
    root: 'Unplaced',
  } satisfies Record<Rung, string>,
  /** What a rung says of a card. */
  meanings: {
    known: 'The model was trained on this product.',
    attributes: 'New to the model, placed by its attributes.',
    category: 'New to the model, placed by its category.',
    root: 'Nothing but its id is known.',
  } satisfies Record<Rung, string>,
  freshnesses: { fresh: 'Fresh', stale: 'Stale', offline: 'Offline' } satisfies Record<Freshness, string>,
  count: (count: number): string => whole.format(count),
  milliseconds: (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`,
  bytes(count: number): string {
    if (count < 1000) return `${count} B`;
    return count < 1e6 ? `${(count / 1e3).toFixed(0)} kB` : `${(count / 1e6).toFixed(1)} MB`;
  },
  /** A part of a score, with its sign. */
  signed: (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`,
};
