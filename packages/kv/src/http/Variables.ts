import type { Grant } from '../access/grants.ts';

/** What is known of a request on its way through the routes. */
export interface Variables {
  /** Headers that every answer to it has: whoever makes it adds them, to set them on the context costs more. */
  shared?: Readonly<Record<string, string>>;
  /** Whose token it carried, where one was wanted. */
  grant?: Grant;
  /** How many bytes the body of its answer has, where whoever makes it knows: to ask its headers costs more. */
  bytes?: number;
}
