import type { Schema } from '../schema.ts';
import type { ContextWeights } from '../contextWeights.ts';
import { type Intent, INTENTS } from '../intents.ts';
import { SIGNALS, type Signals } from '../signals.ts';
import { shown } from '../shown.ts';
import { ArtifactError } from './ArtifactError.ts';
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
 * Parses a manifest and checks every field that the listing and its shelf rely on; the others are checked by `readLearned`, the
 * digest by `readListing`.
 *
 * @throws {ArtifactError}
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ArtifactError(MANIFEST, `${bytes.length} bytes that are no JSON`, 'a manifest');
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw new ArtifactError(MANIFEST, shown(parsed), 'a manifest');
  const given = parsed as Record<string, unknown>;
  const check = (key: string, wanted: string, holds: (value: unknown) => boolean): void => {
    if (!holds(given[key])) throw new ArtifactError(MANIFEST, `${key} ${shown(given[key])}`, wanted);
  };
  check('format', `"${FORMAT}"`, (value) => value === FORMAT);
  check('version', `${FORMAT_VERSION}`, (value) => value === FORMAT_VERSION);
  check('hash', `"${HASH}"`, (value) => value === HASH);
  check(
    'tableRows',
    'a power of two up to 2^24',
    (value) => isCount(value, 1 << 24) && Number.isInteger(Math.log2(value)),
  );
  check('items', 'a whole number up to 2^26', (value) => value === 0 || isCount(value, 1 << 26));
  check(
    'categories',
    'a list of texts',
    (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  );
  check('frequencyHalfLife', 'days above 0', (value) => isFinite(value) && value > 0);
  check('heads', `${INTENTS.join(', ')} with a number for each of ${SIGNALS.join(', ')}`, (value) =>
    INTENTS.every((intent) => {
      const head = (value as Partial<Record<Intent, Signals>> | null | undefined)?.[intent];
      return typeof head === 'object' && head !== null && SIGNALS.every((signal) => isFinite(head[signal]));
    }),
  );
  check('files', 'size and SHA-256 of each file', (value) => {
    if (typeof value !== 'object' || value === null) return false;
    return [...Object.values(FILES), PAIRS_FILE].every((file) => {
      const { bytes, sha256 } = ((value as Record<string, unknown>)[file] ?? {}) as Record<string, unknown>;
      return Number.isSafeInteger(bytes) && typeof sha256 === 'string';
    });
  });
  return parsed as Manifest;
}

export function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;
}

export function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
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
