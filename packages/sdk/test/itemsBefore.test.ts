import { PAIR_WINDOW } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { itemsBefore } from '../src/profile/itemsBefore.ts';
import { NO_PROFILE, type PastEvent, type Profile, withEvents } from '../src/profile/Profile.ts';

const MINUTE = 60_000;
const START = 1_760_000_000_000;

const at = (minute: number, ...ids: string[]): PastEvent[] =>
  ids.map((id) => ({ item: { id }, kind: 'view', time: START + minute * MINUTE }));

const after = (...moments: PastEvent[][]): Profile =>
  moments.reduce((profile, events) => withEvents(profile, events, () => true, 60), NO_PROFILE);

const texts = (profile: Profile, events: PastEvent[]): string[] =>
  itemsBefore(profile, events).map((before) => before.map(({ item, age }) => `${item} ${age}`).join(', '));

describe('what a session took before an event', () => {
  it('is the latest first, with the moments between', () => {
    expect(texts(NO_PROFILE, at(0, 'a'))).toEqual(['']);
    expect(texts(after(at(0, 'a'), at(1, 'b'), at(2, 'c')), at(3, 'd'))).toEqual(['c 1, b 2, a 3']);
  });

  it('has the lines of a basket in one moment', () => {
    const profile = after(at(0, 'a'), at(1, 'b', 'c'));
    expect(texts(profile, at(2, 'd', 'e'))).toEqual(['c 1, b 1, a 2', 'd 0, c 1, b 1, a 2']);
  });

  it('is of the running session alone', () => {
    const profile = after(at(0, 'a'), at(31, 'b'));
    expect(texts(profile, at(40, 'c'))).toEqual(['b 1']);
    expect(texts(profile, at(61, 'c'))).toEqual(['']);
  });

  it('names an item once, by its first event, and nothing before a further event of it', () => {
    const profile = after(at(0, 'a'), at(1, 'b'), at(2, 'a'), at(3, 'c'));
    expect(texts(profile, at(4, 'd', 'b', 'd'))).toEqual(['c 1, b 2, a 3', '', '']);
  });

  it('is nothing before what a shelf has shown, which comes before nothing', () => {
    const profile = after(at(0, 'a'));
    const [shown, viewed] = [at(1, 'b')[0]!, at(1, 'c')[0]!];
    expect(texts(profile, [{ ...shown, kind: 'impression' }, { ...shown, kind: 'click' }, viewed])).toEqual([
      '',
      '',
      'a 1',
    ]);
  });

  it('ends with the window', () => {
    const many = after(...Array.from({ length: PAIR_WINDOW + 3 }, (_, i) => at(i, `${i}`)));
    expect(itemsBefore(many, at(20, 'x'))[0]).toHaveLength(PAIR_WINDOW);
    expect(itemsBefore(many, at(20, 'x'))[0]!.at(-1)!.age).toBe(PAIR_WINDOW);
  });
});
