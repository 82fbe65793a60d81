import type { Grant } from '../access/grants.ts';

/** What is known of a request on its way through the routes. */
export interface Variables {
  /** Headers that every answer to it has. */
  shared?: Readonly<Record<string, string>>;
  /** Whose token it carried, where one was wanted. */
  grant?: Grant;
}
