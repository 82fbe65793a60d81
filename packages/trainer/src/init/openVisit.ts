import * as robotsParser from 'robots-parser';
import { InputError } from '../read/InputError.ts';

/** How a shop's host is visited: one request after the other, with a pause, and no further than its robots.txt allows. */
export interface Visit {
  /** Whether an address of the host is for robots. */
  allows(address: string): boolean;
  /** What stands at an address, and where that was at last; undefined where it is not to be had, or is not for robots. */
  read(address: string): Promise<Answer | undefined>;
  /** Addresses of the host's sitemaps. */
  readonly sitemaps: readonly string[];
}

export interface Answer {
  readonly address: string;
  readonly text: string;
  readonly type: string;
  readonly policy: string | undefined;
}

/** The package is CommonJS, and its types say otherwise. */
const parseRobots = robotsParser.default as unknown as typeof robotsParser.default.default;

/** Names the visitor to the host, and in its robots.txt. */
const AGENT = 'evershelf-init';
const TIMEOUT = 10_000;
/** Most bytes that are read of an answer. */
const BYTES = 5 * 2 ** 20;
/** Milliseconds between two requests, and the longest that a robots.txt may ask for. */
const PAUSE = 500;
const LONGEST_PAUSE = 5000;

/**
 * Begins a visit with the page that the user named, which is read whatever robots.txt says.
 *
 * @throws {InputError} where it is not to be had
 */
export async function openVisit(start: string): Promise<{ first: Answer; visit: Visit }> {
  const first = await answerOf(start).catch((error: Error) => {
    throw new InputError(`${start}: ${reason(error)}, wanted a page of the shop`);
  });
  const { origin } = new URL(first.address);
  const rules = `${origin}/robots.txt`;
  const found = await answerOf(rules).catch(() => undefined);
  const robots = parseRobots(rules, found?.text ?? '');
  const pause = Math.min(Math.max(PAUSE, 1000 * (robots.getCrawlDelay(AGENT) ?? 0)), LONGEST_PAUSE);
  const allows = (address: string): boolean => robots.isAllowed(address, AGENT) !== false;
  return {
    first,
    visit: {
      allows,
      sitemaps: robots.getSitemaps().length > 0 ? robots.getSitemaps() : [`${origin}/sitemap.xml`],
      async read(address) {
        if (!allows(address)) return undefined;
        await new Promise((resolve) => setTimeout(resolve, pause));
        return answerOf(address).catch(() => undefined);
      },
    },
  };
}

async function answerOf(address: string): Promise<Answer> {
  const answer = await fetch(address, {
    headers: {
      'user-agent': AGENT,
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`found status ${answer.status}`);
  }
  const type = answer.headers.get('content-type') ?? '';
  return {
    address: answer.url,
    text: decoded(await firstBytes(answer), type),
    type,
    policy: answer.headers.get('content-security-policy') ?? undefined,
  };
}

async function firstBytes(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    parts.push(part as Uint8Array);
    size += (part as Uint8Array).length;
    if (size >= BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, BYTES);
}

/** In the encoding of the header, else of the page's own meta element, else UTF-8. */
function decoded(bytes: Uint8Array, type: string): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const [, name = 'utf-8'] =
    /charset=["']?([\w-]+)/i.exec(type) ?? /<meta[^>]*charset=["']?([\w-]+)/i.exec(head) ?? [];
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Why nothing came: of Node's fetch the cause says it. */
function reason(error: Error): string {
  if (error.name === 'TimeoutError') return `found no answer within ${TIMEOUT / 1000} s`;
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause === undefined ? error.message : `found no answer (${cause.code ?? cause.message})`;
}
