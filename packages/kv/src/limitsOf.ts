import { CONNECTION_LIMITS, type ConnectionLimits } from './ConnectionLimits.ts';
import { EVENT_LIMITS, type EventLimits } from './events/EventLimits.ts';
import { REQUEST_LIMITS, type RequestLimits } from './http/RequestLimits.ts';

/** All that a service limits. */
export type Limits = EventLimits & RequestLimits & ConnectionLimits;

export const LIMITS: Limits = { ...REQUEST_LIMITS, ...EVENT_LIMITS, ...CONNECTION_LIMITS };

/**
 * Limits as a command is given them, `callsPerMinute=60000,streams=100`.
 *
 * @returns those that are named, or a text that says what was found and wanted
 */
export function limitsOf(text: string): Partial<Limits> | string {
  const limits: Record<string, number> = {};
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name = part, figure] = /^\s*(\w+)=(\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
    if (!Object.hasOwn(LIMITS, name))
      return `Found ${name}, wanted any of ${Object.keys(LIMITS).join(', ')}.`;
    if (figure === undefined || Number(figure) === 0)
      return `Found ${part.trim()}, wanted ${name}=NUMBER above 0.`;
    limits[name] = Number(figure);
  }
  return limits;
}
