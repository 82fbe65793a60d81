import { type Item, placeItem } from '@evershelf/model';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import type { Method } from '../evaluate/Method.ts';
import type { EventLog } from '../read/EventLog.ts';
import { type Cost, costOf, type WindowModel } from './trainWindow.ts';
import type { Weeks } from './weeksOf.ts';

/** A way before it is judged. */
interface Candidate {
  readonly method: Method;
  readonly cost: Cost;
}

/**
 * Trains every way to keep a model, by its name: windows by their weeks, `all` (which is also the frozen one), `weekly`
 * and `bare`.
 */
export async function waysOf(
  log: EventLog,
  items: readonly Item[],
  weeks: Weeks,
  lengths: readonly number[],
  train: (name: string, from: number, until: number) => Promise<WindowModel>,
): Promise<Map<string, Candidate>> {
  const [cut, ...laterCuts] = weeks.cuts;
  const method = ({ model }: WindowModel): Method => evershelf(log, scoredModel(log, items, model, 'mixed'));
  const ways = new Map<string, Candidate>();
  for (const length of lengths) {
    const found = await train(`${length} weeks`, weeks.before(length)!, cut!);
    ways.set(String(length), { method: method(found), cost: found.cost });
  }
  const all = await train('all weeks', 0, cut!);
  ways.set('all', { method: method(all), cost: all.cost });
  const again = [all];
  for (const [week, until] of laterCuts.slice(0, -1).entries())
    again.push(await train(`before week ${week + 2}`, 0, until));
  ways.set('weekly', {
    method: byWeek(
      again.map(method),
      laterCuts.slice(0, -1).map((e) => log.time[e]!),
    ),
    cost: costOf(again.map(({ cost }) => cost)),
  });
  const { vocabulary } = all.model;
  const placed = scoredModel(log, items, all.model, 'mixed', {
    place: (item) => placeItem(vocabulary.knowsId(item.id) ? item : { id: item.id }, vocabulary),
  });
  const bare = evershelf(log, placed, { hears: (e) => e < cut!, latest: log.time[cut! - 1]! });
  ways.set('bare', { method: bare, cost: all.cost });
  return ways;
}

/** The k-th method until the k-th of the times, the last one from there on; all of them observe. */
function byWeek(methods: readonly Method[], times: readonly number[]): Method {
  return {
    observe(e) {
      for (const method of methods) method.observe(e);
    },
    score(moment, out) {
      methods[times.filter((time) => moment.time >= time).length]!.score(moment, out);
    },
  };
}
