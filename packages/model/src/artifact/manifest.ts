import type { Schema } from '../schema.ts';
import type { ContextWeights } from '../contextWeights.ts';
import { type Intent, INTENTS } from '../intents.ts';
import { SIGNALS, type Signals } from '../signals.ts';
import { shown } from '../shown.ts';
import { ArtifactError } from './ArtifactError.ts';
import { jsonOf } from './jsonOf.ts';
import { sha256 } from './sha256.ts';

export const FORMAT = 'evershelf';
export const FORMAT_VERSION = 6;
export const HASH = 'murmur3_x86_32';

/** Files of an artifact that scoring needs, beside `manifest.json`. */
export const FILES = {
  tables: 'tables.safetensors',
  items: 'items.safetensors',
  edges: 'edges.safetensors',
  catalogue: 'catalogue.safetensors',
} as const;
/** What a metadata service starts from: the pairs of items as of the end of training, counts for weights. Pages do not load it. */
export const PAIRS_FILE = 'pairs.safetensors';
export const MANIFEST = 'manifest.json';

/** Most that a weight, a scale or a factor of a model may be: scores are sums of products of them, in single precision. */
export const LARGEST = 1e6;
/** Most bytes of a file. */
const MOST_BYTES = 2 ** 30;

/** What was trained on. Times are Unix seconds of the first and last event. */
export interface Training {
  readonly from: number;
  readonly until: number;
  readonly events: number;
  readonly sequence: 'session' | 'shopper';
  readonly seed: number;
  readonly epochs: number;
}

/**
 * Quality of an intent's weights on the last tenth of the training time: weights by each half of its samples, judged on the other
 * half. Ranks are those in the whole catalogue, as far as a few hundred candidates tell.
 */
export interface Validation {
  readonly events: number;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
  /** NDCG@20 of each signal by itself, on the same events. Of one that the weights leave out as well. */
  readonly alone: Signals;
}

/** The manifest: what the files hold and how they are scored. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: typeof FORMAT_VERSION;
  /** 16 hex digits of the SHA-256 of everything else in the manifest: the same content has the same id. */
  readonly id: string;
  readonly hash: typeof HASH;
  readonly tableRows: number;
  readonly dim: number;
  readonly items: number;
  readonly schema: Schema;
  /** Levels of category paths that have a trained unknown token, spelled as by `levels`. */
  readonly categories: readonly string[];
  /** Weights of the signals, for each intent. */
  readonly heads: Readonly<Record<Intent, Signals>>;
  /** How much each part of a history says to the two-tower. */
  readonly contextWeights: ContextWeights;
  /** What is left of a context item's edges and matches for each later moment, in [0, 1]. */
  readonly edgeDecay: number;
  /** Half-life of the shopper's own counts, in days. */
  readonly frequencyHalfLife: number;
  readonly training: Training;
  /** By intent; null where the log had no event to fit it on. */
  readonly validation: Readonly<Record<Intent, Validation | null>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** SHA-256 of the bytes in front of this field, which is the last. */
  readonly sha256: string;
}

/**
 * Parses a manifest and checks every field that the listing and its shelf rely on, but `items`, which is how long each of the files'
 * columns has to be; the others are checked by `readLearned`, the
 * digest by `readListing`.
 *
 * @throws {ArtifactError}
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const given = Object(jsonOf(MANIFEST, bytes)) as Record<string, unknown>;
  const check = (key: string, wanted: string, holds: (value: unknown) => boolean): void => {
    if (!holds(given[key])) throw new ArtifactError(MANIFEST, `${key} ${shown(given[key])}`, wanted);
  };
  check('format', `"${FORMAT}"`, (value) => value === FORMAT);
  check('version', `${FORMAT_VERSION}`, (value) => value === FORMAT_VERSION);
  check(
    'categories',
    'a list of texts',
    (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  );
  check('frequencyHalfLife', 'a number above 0', (value) => isNumber(value) && value > 0);
  check('training', 'a sequence', (value) => typeof fieldOf(value, 'sequence') === 'string');
  check('heads', 'numbers up to 1e6', (value) =>
    INTENTS.every((intent) => SIGNALS.every((signal) => isNumber(fieldOf(fieldOf(value, intent), signal)))),
  );
  check('files', 'bytes up to 2^30 and sha256 of each', (value) =>
    [...Object.values(FILES), PAIRS_FILE].every((name) => {
      const file = fieldOf(value, name);
      return isCount(fieldOf(file, 'bytes'), MOST_BYTES) && typeof fieldOf(file, 'sha256') === 'string';
    }),
  );
  return given as unknown as Manifest;
}

/** A field of what may be no object; undefined where it is not there. */
function fieldOf(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}

export function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;
}

/** True for a number that a score can be made of. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST;
}

/** The end of a manifest's file: the digest of all bytes in front of it. */
const endOf = (digest: string): string => `,\n "sha256": "${digest}"\n}\n`;
const END_LENGTH = endOf('').length + 64;

/** A manifest without its digest as the bytes of its file, which says it. */
export async function manifestBytes(unsigned: object): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const text = JSON.stringify(unsigned, null, 1).slice(0, -2);
  return encoder.encode(text + endOf(await sha256(encoder.encode(text))));
}

/**
 * Checks the digest that ends the bytes of a manifest.
 *
 * @throws {ArtifactError}
 */
export async function checkManifestDigest(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const end = Math.max(0, bytes.length - END_LENGTH);
  const digest = await sha256(bytes.subarray(0, end));
  if (new TextDecoder().decode(bytes.subarray(end)) !== endOf(digest))
    throw new ArtifactError(MANIFEST, 'another digest at its end', `SHA-256 ${digest}`);
}
