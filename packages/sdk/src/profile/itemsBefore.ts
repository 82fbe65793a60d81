import { type EarlierItem, isInterest, PAIR_WINDOW } from '@evershelf/model';
import { inSessionAt, type PastEvent, type Profile } from './Profile.ts';

/**
 * What the running session took before each of some new events, as the metadata service pairs them: the latest first, at most
 * `PAIR_WINDOW` items, each by its first event. None for a further event of an item, or of what a shelf has shown,
 * which pair nothing.
 *
 * @param events share one time
 */
export function itemsBefore(profile: Profile, events: readonly PastEvent[]): EarlierItem[][] {
  const inSession = inSessionAt(profile, events[0]?.time ?? 0);
  const taken = new Map<string, number>();
  for (const { item, time } of profile.events)
    if (inSession(time) && !taken.has(item.id)) taken.set(item.id, time);
  return events.map(({ item, kind, time }) => {
    if (!isInterest(kind) || taken.has(item.id)) return [];
    let age = 0;
    let last = time;
    const before = [...taken].reverse().slice(0, PAIR_WINDOW);
    taken.set(item.id, time);
    return before.map(([id, earlier]) => {
      if (earlier !== last) age++;
      last = earlier;
      return { item: id, age };
    });
  });
}
