import type { Recommendation, RecommendOptions, Shelf } from 'evershelf';
import { Emitter } from './Emitter.ts';

const KEPT = 48;

/** Asks the shelf, and remembers how long the answers took. */
export class Ranking {
  readonly answered = new Emitter();
  readonly #shelf: Shelf;
  #milliseconds: readonly number[] = [];

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Of the latest answers, oldest first. */
  get milliseconds(): readonly number[] {
    return this.#milliseconds;
  }

  async recommend(options: RecommendOptions): Promise<Recommendation> {
    const answer = await this.#shelf.recommend(options);
    this.#milliseconds = [...this.#milliseconds, answer.milliseconds].slice(-KEPT);
    this.answered.emit();
    return answer;
  }
}
