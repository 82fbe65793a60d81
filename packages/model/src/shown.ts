/** A value for an error message, short whatever it is. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (written(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** JSON, but for what goes too deep, or round in a circle. */
function written(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return typeof value;
  }
}
