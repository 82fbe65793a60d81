import { type Item, liveDecay, MAX_CONTEXT } from '@evershelf/model';

/** Something that the shopper did, as it is remembered. */
export interface PastEvent {
  /** The item as the page reported it: at least its id. */
  readonly item: Item;
  readonly kind: string;
  /** Unix milliseconds; events of one moment, such as the lines of a basket, share it. */
  readonly time: number;
}

/** What this shopper had of one item. */
interface Had {
  /** Count of the shopper's events with it, decayed to `time`. */
  readonly frequency: number;
  /** Unix milliseconds. */
  readonly time: number;
}

/** What a shopper did, oldest first, as it stands on the device. */
export interface Profile {
  readonly version: 1;
  /** The latest events; older ones live on in `had` alone. */
  readonly events: readonly PastEvent[];
  /** Ids of items that the shopper had. */
  readonly had: Readonly<Record<string, Had>>;
  /** When the running session began, in Unix milliseconds; 0 before the first one. */
  readonly session: number;
}

export const NO_PROFILE: Profile = { version: 1, events: [], had: {}, session: 0 };

/** A pause after which a shopper's next step begins a new session, as web analytics count them. */
const SESSION_PAUSE = 30 * 60_000;
const MOST_EVENTS = 2 * MAX_CONTEXT;
const MOST_ITEMS = 5000;

/** True where a step at `now` still belongs to the running session. */
function isRunning(profile: Profile, now: number): boolean {
  return now - (profile.events.at(-1)?.time ?? 0) < SESSION_PAUSE;
}

/** Tells whether a moment belongs to the session that runs at `now`. */
export function inSessionAt(profile: Profile, now: number): (time: number) => boolean {
  const running = isRunning(profile, now);
  return (time) => running && time >= profile.session;
}

/**
 * A profile after more events, which share one time.
 *
 * @param counts whether an event of a kind means that the shopper had the item
 * @param halfLife of the shopper's counts, in days
 */
export function withEvents(
  profile: Profile,
  events: readonly PastEvent[],
  counts: (kind: string) => boolean,
  halfLife: number,
): Profile {
  const now = events[0]?.time ?? 0;
  const session = isRunning(profile, now) ? profile.session : now;
  const had: Record<string, Had> = { ...profile.had };
  for (const { item, kind, time } of events) {
    if (!counts(kind)) continue;
    const before = Object.hasOwn(had, item.id) ? had[item.id] : undefined;
    const left = before === undefined ? 0 : before.frequency * decay(time - before.time, halfLife);
    had[item.id] = { frequency: left + 1, time };
  }
  return {
    version: 1,
    events: [...profile.events, ...events].slice(-MOST_EVENTS),
    had: latest(had),
    session,
  };
}

/** The shopper's count of an item as of `now`. */
export function frequencyOf({ frequency, time }: Had, now: number, halfLife: number): number {
  return frequency * decay(now - time, halfLife);
}

/** A profile from the device; an empty one where it cannot be read. */
export function readProfile(stored: unknown): Profile {
  const found = stored as Partial<Profile> | undefined;
  return found?.version === 1 && Array.isArray(found.events) ? (found as Profile) : NO_PROFILE;
}

function decay(milliseconds: number, halfLife: number): number {
  return liveDecay(milliseconds / 1000, halfLife);
}

function latest(had: Record<string, Had>): Record<string, Had> {
  const entries = Object.entries(had);
  if (entries.length <= MOST_ITEMS) return had;
  return Object.fromEntries(entries.toSorted(([, a], [, b]) => b.time - a.time).slice(0, MOST_ITEMS));
}
