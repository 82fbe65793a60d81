import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { serial } from '../serial.ts';
import { ServiceError } from '../ServiceError.ts';
import { checkTokens } from './checkTokens.ts';
import type { Tokens } from './Tokens.ts';

/** Tokens that are kept in a file, and change with it. */
export interface TokensFile {
  /** Those that are valid now. */
  tokens(): Tokens;
  /** Reads the file anew, without waiting until its change is seen. */
  reload(): Promise<void>;
  /** Looks no more. */
  close(): void;
}

export interface TokensFileOptions {
  /** Told of tokens that were taken over. */
  readonly changed: (tokens: Tokens) => void;
  /** Told why the file's tokens were not taken over, and those from before stay; the text holds no token and no path. */
  readonly kept: (why: string) => void;
  /** How often the file is looked at, in milliseconds; default 1000. */
  readonly every?: number;
}

/**
 * The tokens of a file, `{"write": [...], "read": [...]}`. It is looked at every second: a name that comes to stand for another file,
 * as secrets of Kubernetes do, is seen as well. Half of a JSON object is none, so that a file which is being written changes nothing.
 *
 * @throws {ServiceError} where the file has no tokens at the start
 */
export async function tokensFile(
  path: string,
  { changed, kept, every = 1000 }: TokensFileOptions,
): Promise<TokensFile> {
  const first = await readTokens(path);
  if (typeof first === 'string') throw new ServiceError(`${path}: ${first}`);
  let tokens = first;
  const inTurn = serial();
  const reload = (): Promise<void> =>
    inTurn(async () => {
      const read = await readTokens(path);
      if (typeof read === 'string') return kept(read);
      if (JSON.stringify(read) === JSON.stringify(tokens)) return;
      tokens = read;
      changed(tokens);
    });
  const look = (): void => void reload();
  watchFile(path, { interval: every, persistent: false }, look);
  return { tokens: () => tokens, reload, close: () => unwatchFile(path, look) };
}

async function readTokens(path: string): Promise<Tokens | string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return `found a tokens file that cannot be read (${(error as NodeJS.ErrnoException).code}), wanted {"write": [...], "read": [...]}`;
  }
  try {
    return checkTokens(JSON.parse(text));
  } catch {
    // What the parser says of it shows some of it.
    return 'found a tokens file that is no JSON, wanted {"write": [...], "read": [...]}';
  }
}
