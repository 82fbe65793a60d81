/** What is longer is no two times. */
const LONGEST = 128;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads two ISO 8601 times with `/`, a comma or a space-dashed line between them, without a zone in UTC; a date alone is its
 * beginning as the first, its end as the second.
 *
 * @returns Unix milliseconds, undefined where the text is no two times
 */
export function periodOf(text: string): readonly [number, number] | undefined {
  if (text.length > LONGEST) return undefined;
  const parts = text.trim().split(/\s*\/\s*|\s*,\s*|\s+[-–]\s+/);
  if (parts.length !== 2) return undefined;
  const [from, to] = [instant(parts[0]!, false), instant(parts[1]!, true)];
  return from === undefined || to === undefined ? undefined : [from, to];
}

function instant(text: string, isEnd: boolean): number | undefined {
  const [, date, time, zone = 'Z'] = TIME.exec(text) ?? [];
  if (date === undefined) return undefined;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d{2}):?/, '$1:');
  const found =
    time === undefined
      ? Date.parse(`${date}T00:00Z`) + (isEnd ? 86_400_000 : 0)
      : Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(found) ? undefined : found;
}
