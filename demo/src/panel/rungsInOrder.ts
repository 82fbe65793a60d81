import type { Rung } from 'evershelf';
import { rungs } from '../shelves/rungs.ts';

/** The ladder from the top down. */
export const rungsInOrder = Object.keys(rungs) as Rung[];
