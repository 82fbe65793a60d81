const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** An input as text; what is no UTF-8 becomes U+FFFD. */
export function textOf(input: Uint8Array): string {
  return decoder.decode(input);
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** An input as JSON; undefined where it is none, which no reader is handed. */
export function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input)) as unknown;
  } catch {
    return undefined;
  }
}
