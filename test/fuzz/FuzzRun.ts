import type { TargetName } from './targets.ts';

/** What a thread is to fuzz. */
export interface FuzzOrder {
  readonly target: TargetName;
  /** Inputs, those of the corpus among them. */
  readonly inputs: number;
  readonly seed: number;
  /** Inputs that are known to reach something. */
  readonly corpus: readonly Uint8Array[];
  /** Memory that both threads see: of the input that runs now its number (from 1; 0 between inputs), its length, then its bytes. */
  readonly running: SharedArrayBuffer;
}

/** An input that was not read as it should be. */
export interface Failure {
  readonly message: string;
  readonly input: Uint8Array;
}

/** What a thread found. */
export interface FuzzRun {
  readonly reads: string;
  readonly inputs: number;
  readonly seconds: number;
  /** Functions and ways of branches of the code that was loaded, and how many of them were gone through. */
  readonly ways: number;
  readonly gone: number;
  /** The slowest input, in milliseconds. */
  readonly slowest: number;
  readonly failures: readonly Failure[];
  /** Few and small inputs that go all the ways that any went. */
  readonly corpus: readonly Uint8Array[];
}
