import type { Arbitrary } from 'fast-check';

/** Something of Evershelf that reads what others wrote. */
export interface Target {
  /** What it is that reads. */
  readonly reads: string;
  /** Inputs that know the format: valid ones, and such with one thing wrong. */
  readonly drawn: Arbitrary<Uint8Array>;
  /** Most bytes of an input; default 4096. */
  readonly most?: number;
  /**
   * Reads an input, and looks at what came of it.
   *
   * @throws where it is refused in another way than its documentation says, or what was read is not what it promises
   */
  run(input: Uint8Array): void | Promise<void>;
}

/** Begins a target; done once, for what it needs may be large. */
export type OpenTarget = () => Target | Promise<Target>;
