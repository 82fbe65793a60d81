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
