import { type Intent, type Signal, SIGNALS } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { coordinateAscent, type Sample } from '../src/train/coordinateAscent.ts';
import { fitHead, type Head } from '../src/train/fitHead.ts';
import { seededRandom } from '../src/train/random.ts';

type Candidate = Partial<Record<Signal, number>>;

const sampleOf = (candidates: readonly Candidate[]): Sample => ({
  values: Float32Array.from(candidates.flatMap((each) => SIGNALS.map((signal) => each[signal] ?? 0))),
  chosen: candidates.length,
  stands: 1,
});

/** Samples of a target and 60 others, drawn from a seed. */
function samples(count: number, draw: (isTarget: boolean, random: () => number) => Candidate): Sample[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, () =>
    sampleOf(Array.from({ length: 61 }, (_, c) => draw(c === 0, random))),
  );
}

const headOf = (
  drawn: readonly Sample[],
  intent: Intent,
  broader?: Head,
  without: readonly Signal[] = [],
): Promise<Head> =>
  fitHead(
    drawn,
    intent,
    async (some, options) => coordinateAscent(some, SIGNALS.length, options),
    without,
    broader,
  );

describe('a head', () => {
  it('leaves out the signals that it is told to, however good they are', async () => {
    const drawn = samples(200, (isTarget, random) => ({
      deep: random() + (isTarget ? 0.3 : 0),
      wide: random() + (isTarget ? 2 : 0),
    }));
    const { weights, validation } = await headOf(drawn, 'mixed', undefined, ['wide']);
    expect(weights.wide).toBe(0);
    expect(weights.deep).toBeGreaterThan(0);
    expect(validation!['ndcg@20']).toBeLessThan(validation!.alone.wide);
    expect((await headOf(drawn, 'mixed')).weights.wide).toBeGreaterThan(0);
  });

  it('adds up signals that are better together than alone', async () => {
    const { weights, validation } = await headOf(
      samples(300, (isTarget, random) => ({
        deep: random() + (isTarget ? 0.6 : 0),
        wide: random() + (isTarget ? 0.6 : 0),
      })),
      'mixed',
    );
    expect(weights.deep).toBeGreaterThan(0);
    expect(weights.wide).toBeGreaterThan(0);
    expect(validation!['ndcg@20']).toBeGreaterThan(validation!.alone.deep + 0.03);
    expect(validation!['ndcg@20']).toBeGreaterThan(validation!.alone.wide + 0.03);
  });

  it('is never behind its best signal on events that it was not fitted on', async () => {
    for (const intent of ['mixed', 'discover'] as const) {
      const { validation } = await headOf(
        samples(12, (isTarget, random) => ({
          wide: random() + (isTarget ? 0.9 : 0),
          live1: random(),
          live5: random(),
          live20: random(),
          match: random(),
          deep: random(),
        })),
        intent,
      );
      expect(validation!['ndcg@20']).toBeGreaterThanOrEqual(Math.max(...Object.values(validation!.alone)));
    }
  });

  it('never holds it against an item that it is unknown', async () => {
    const { weights } = await headOf(
      samples(100, (isTarget, random) => ({
        live5: random() + (isTarget ? 0.2 : 0),
        unknown: !isTarget && random() < 0.3 ? 1 : 0,
      })),
      'mixed',
    );
    expect(weights.unknown).toBeGreaterThanOrEqual(0);
  });

  it('never holds the context against an item', async () => {
    const { weights } = await headOf(
      samples(100, (isTarget, random) => ({ live5: random(), deep: random() + (isTarget ? -1 : 0) })),
      'mixed',
    );
    expect(weights.deep).toBeGreaterThanOrEqual(0);
  });

  it('does not lift the many items that a few at random stand for', async () => {
    // Among the chosen candidates what sells speaks against an item; the drawn ones sell nothing and are linked to nothing.
    const drawn = (stands: number): Sample[] =>
      samples(300, (isTarget, random) => ({
        wide: isTarget ? 0.2 + 0.1 * random() : 0.4 * random(),
        live5: isTarget ? 0.3 + 0.3 * random() : 0.4 + 0.6 * random(),
      })).map(({ values, chosen }) => {
        const others = new Float32Array(2 * SIGNALS.length);
        return { values: Float32Array.from([...values, ...others]), chosen, stands };
      });
    const scoreOfTarget = async (stands: number): Promise<number> => {
      const { weights } = await headOf(drawn(stands), 'mixed');
      return 0.25 * weights.wide + 0.45 * weights.live5;
    };
    expect(await scoreOfTarget(1)).toBeLessThan(0);
    expect(await scoreOfTarget(1000)).toBeGreaterThan(0);
  });

  it('goes on from a broader head where it has few samples of its own', async () => {
    // What is new to a shopper is told by `wide`; one in ten targets is new.
    const drawn = samples(400, (isTarget, random) => ({
      had: isTarget ? Number(random() < 0.9) : Number(random() < 0.5),
      wide: random() + (isTarget ? 0.4 : 0),
      deep: random() + (isTarget ? 0.4 : 0),
      live1: random(),
    }));
    const mixed = await headOf(drawn, 'mixed');
    const [without, from] = [await headOf(drawn, 'discover'), await headOf(drawn, 'discover', mixed)];
    expect(from.validation!['ndcg@20']).toBeGreaterThanOrEqual(without.validation!['ndcg@20']);
    expect((await headOf(drawn.slice(0, 1), 'discover', mixed)).weights).toEqual({
      ...mixed.weights,
      had: 0,
    });
  });

  it('reads pairs only where they add something on events that it was not fitted on', async () => {
    const drawn = (gain: number) =>
      samples(300, (isTarget, random) => ({
        deep: random() + (isTarget ? 0.5 : 0),
        pairs: random() + (isTarget ? gain : 0),
      }));
    expect((await headOf(drawn(0), 'mixed')).weights.pairs).toBe(0);
    expect((await headOf(drawn(0.5), 'mixed')).weights.pairs).toBeGreaterThan(0);
  });

  it('looks at each intent with the candidates that suit it', async () => {
    const drawn = samples(200, (isTarget, random) => {
      const had = isTarget ? 0 : Number(random() < 0.5);
      return { had, live1: isTarget ? 0.9 : had + random() * 0.5, frequency: had };
    });
    expect((await headOf(drawn, 'discover')).validation!['ndcg@20']).toBeCloseTo(1, 5);
    expect((await headOf(drawn, 'again')).validation).toBeNull();
  });
});
