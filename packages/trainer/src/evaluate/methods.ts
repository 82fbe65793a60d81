import type { Intent } from '@evershelf/model';
import { BASELINES } from './Baseline.ts';

/** The model by the intent whose weights it is judged with. */
export const HEADS = {
  evershelf: 'mixed',
  evershelfDiscover: 'discover',
} as const satisfies Record<string, Intent>;
export type HeadName = keyof typeof HEADS;

/** What can be judged, in the order of the report. */
export const METHODS = ['evershelf', 'evershelfDiscover', ...BASELINES, 'blend'] as const;
export type MethodName = (typeof METHODS)[number];
