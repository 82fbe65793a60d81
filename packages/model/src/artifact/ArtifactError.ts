/** Thrown where an artifact cannot be used. Nothing of it is scored. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  declare readonly file: string;
  declare readonly found: string;
  declare readonly wanted: string;

  constructor(file: string, found: string, wanted: string) {
    super(`${file}: found ${found}, wanted ${wanted}. Train or download the artifact again.`);
    this.file = file;
    this.found = found;
    this.wanted = wanted;
  }
}
