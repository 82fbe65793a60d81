/** Thrown where an artifact cannot be used. Nothing of it is scored. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly file: string;
  readonly found: string;
  readonly wanted: string;

  constructor(file: string, found: string, wanted: string) {
    super(`${file}: found ${found}, wanted ${wanted}. Train or download the artifact again.`);
    this.file = file;
    this.found = found;
    this.wanted = wanted;
  }
}

/** A value for an error message, short whatever it is. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
