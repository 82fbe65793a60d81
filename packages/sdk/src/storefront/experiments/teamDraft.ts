/** Two rankings of ids, best first, no id twice in one. */
export type Rankings = readonly [readonly string[], readonly string[]];

/** A shelf of two rankings while it grows: it holds the first `reached[t]` ids of ranking t, and nothing else. */
interface Draft {
  readonly reached: readonly [number, number];
  readonly size: number;
}

const EMPTY: Draft = { reached: [0, 0], size: 0 };

/**
 * Merges two rankings into one by team draft: in each round a coin says which ranking chooses first, then each chooses the best id
 * that is not there yet. One that has nothing left lets the other choose alone.
 *
 * Radlinski, Kurup and Joachims, How does clickthrough data reflect retrieval quality?, CIKM 2008, algorithm 2.
 *
 * @param k ids at most
 * @param firstOf the ranking that chooses first in a round, from 0
 * @returns the ids in the order in which they were chosen, each with the ranking that chose it
 */
export function teamDraft(
  rankings: Rankings,
  k: number,
  firstOf: (round: number) => 0 | 1,
): { id: string; team: 0 | 1 }[] {
  const pick = picker(rankings, k);
  const chosen: { id: string; team: 0 | 1 }[] = [];
  let draft = EMPTY;
  for (let round = 0, before = -1; draft.size > before; round++) {
    before = draft.size;
    const first = firstOf(round);
    for (const team of [first, (1 - first) as 0 | 1]) {
      const next = pick(draft, team);
      if (next === undefined) continue;
      chosen.push({ id: rankings[team][draft.reached[team]]!, team });
      draft = next;
    }
  }
  return chosen;
}

/**
 * The probability of each id to be on the shelf that `teamDraft` makes with fair coins: exact, over all coins. The ids on a shelf
 * after a round are told by how far it has reached in either ranking, so that there are at most k x k of them to look at.
 *
 * @returns for each id that some coins bring there, in (0, 1]; together they are the size of the shelf
 */
export function chancesOnShelf(rankings: Rankings, k: number): Map<string, number> {
  const pick = picker(rankings, k);
  const places = rankings.map((ids) => new Map(ids.map((id, place) => [id, place])));
  const chances = new Map<string, number>();
  let open = new Map([['', { draft: EMPTY, chance: 1 }]]);
  while (open.size > 0) {
    const next: typeof open = new Map();
    for (const { draft, chance } of open.values()) {
      for (const first of [0, 1] as const) {
        const after = [first, (1 - first) as 0 | 1].reduce((now, team) => pick(now, team) ?? now, draft);
        if (after === draft) addAll(draft, chance / 2);
        else {
          const key = after.reached.join(' ');
          next.set(key, { draft: after, chance: (next.get(key)?.chance ?? 0) + chance / 2 });
        }
      }
    }
    open = next;
  }
  return chances;

  function addAll({ reached }: Draft, chance: number): void {
    rankings.forEach((ids, team) => {
      for (const id of ids.slice(0, reached[team]))
        // What both reached is counted with the first.
        if (team === 0 || !((places[0]!.get(id) ?? Infinity) < reached[0]))
          chances.set(id, Math.min(1, (chances.get(id) ?? 0) + chance));
    });
  }
}

/** Lets a ranking choose its best id that is not there; undefined where it has none, or the shelf is full. */
function picker(rankings: Rankings, k: number): (draft: Draft, team: 0 | 1) => Draft | undefined {
  const places = rankings.map((ids) => new Map(ids.map((id, place) => [id, place])));
  const has = ({ reached }: Draft, id: string): boolean =>
    places.some((place, team) => (place.get(id) ?? Infinity) < reached[team]!);
  /** Reaches over what is there already, so that equal shelves are equal drafts. */
  const settled = (draft: Draft): Draft => {
    const reached = rankings.map((ids, team) => {
      let at = draft.reached[team]!;
      while (at < ids.length && has(draft, ids[at]!)) at++;
      return at;
    });
    return { reached: [reached[0]!, reached[1]!], size: draft.size };
  };
  return (draft, team) => {
    const at = draft.reached[team];
    if (draft.size >= k || at >= rankings[team].length) return undefined;
    const reached: [number, number] = [...draft.reached];
    reached[team]++;
    return settled({ reached, size: draft.size + 1 });
  };
}
