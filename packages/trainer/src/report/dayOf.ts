/** The day of a moment in UTC, such as `2026-11-27`. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
