import { KEPT_PAIRS, SIGNALS } from '@evershelf/model';
import type { TrainingSize } from './trainingSize.ts';

/** Bytes that the program and each of its threads take for themselves: code, small objects, what is not collected yet. */
const OWN = 96 * 2 ** 20;
const THREAD = 64 * 2 ** 20;
/** What allocators lose between arrays that come and go. */
const LOST = 1.1;

/** Bytes of a weight of an edge under construction: where it leads, and itself. */
const WEIGHT = 8;
/** The same while estimates are mixed: the mix, what it was built in, sizes and marks of what is kept. */
const MIXED = 21;
/** Bytes of an event in groups, and in the orders that histories and moments are read in. */
const GROUPED = 40;
const ORDERED = 12;
const MOMENTS = 20;
/** Bytes of an item's live pairs and counters. */
const PASSED = 12 * KEPT_PAIRS + 33;
/** Candidates of a sample: so many of the lists that they come from, which overlap, and of what the history had so large a share. */
const CANDIDATES = { listed: 500, had: 0.5 } as const;
/** Fits of a head that have work for threads at once. */
const FITS = 4;

/**
 * Bytes that training on a log takes at most, beside the shop itself: an account of the arrays that are there at once. The first
 * fit of the tables and the choice of the edges are one part, what comes behind it the other; the larger one counts.
 */
export function trainingMemory(size: TrainingSize, threads: number): number {
  const { events, items, rows, dim, edges } = size;
  const table = 4 * rows * dim;
  const variants = 4 * size.variantRows;
  const passed = PASSED * items;
  // The kernels have weights and gradients of both tables.
  const tower = 4 * table + variants + MOMENTS * events;
  const kept = ORDERED * events + 8 * size.sequences + variants + 2 * table;
  // What a step begins with and what it makes of it are there at once.
  const pairs = WEIGHT * (edges.cosine + 2 * edges.pairs);
  const ridge = WEIGHT * (edges.cosine + edges.pairs + 4 * edges.ridge);
  const mix = MIXED * (edges.cosine + edges.ridge);
  const estimates = WEIGHT * (edges.cosine + edges.ridge);
  const grouped = GROUPED * events + 12 * size.sessions;

  const first =
    kept +
    2 * passed +
    tower +
    grouped +
    Math.max(pairs, ridge, estimates + threads * (mix + 4 * size.sequences));

  const samples = sampleBytes(size);
  const reading = threads * (2 * passed + 4 * (events + size.sessions) + 4 * SIGNALS.length * items);
  const fitting = samples * (1 + 0.6 * Math.min(threads, FITS));
  // Of both tables: what the last step goes on from, and what it makes of it.
  const copies = 4 * table;
  const second =
    kept +
    copies +
    passed +
    samples +
    Math.max(tower + grouped + Math.max(pairs, ridge, estimates + mix) + reading, fitting);

  return OWN + threads * THREAD + LOST * Math.max(first, second);
}

/** Bytes of the samples that the signals are fitted on. */
function sampleBytes({ events, sequences, items, had, headEvents }: TrainingSize): number {
  const candidates = Math.min(items, CANDIDATES.listed + CANDIDATES.had * had);
  const heldOut = events / 10;
  // One of a whole number of events is taken. Where a log is judged, training has four fifths of it.
  const every = Math.floor((0.8 * heldOut) / headEvents);
  const samples = every === 0 ? heldOut : (1 + 1 / every) * headEvents;
  // The first event of a history has nothing before it.
  const later = 1 - sequences / events;
  return later * Math.min(heldOut, samples) * candidates * 4 * SIGNALS.length;
}
