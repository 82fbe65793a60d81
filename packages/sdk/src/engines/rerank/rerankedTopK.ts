import type { Tensor, Tensor1D, Tensor2D, TensorInfo } from '@tensorflow/tfjs-core';
import { rowsOf } from '@evershelf/model';
import { bestItems } from '../bestItems.ts';
import type { Ask, Engine, OnDevice, Ranked, Scorable } from '../Engine.ts';
import type { Candidates } from './Rerank.ts';
import { RerankError } from './RerankError.ts';

type Reranked = Ask & { readonly rerank: NonNullable<Ask['rerank']> };

/** Candidates with their numbers in the shop, as float32 [n]. */
interface Numbered extends Candidates {
  readonly numbers: Tensor;
  /** [1]: more than 0 where the engine had no room for all that might be among the n best. */
  readonly missing: Tensor;
}

/**
 * The answers of an engine that has the shop, where the page's models have the last word. On the page's own device nothing but
 * the k items and scores comes back; from elsewhere the candidates are taken to the backend of the page's tfjs.
 *
 * @throws {RerankError} where a model fails
 */
export async function rerankedTopK(engine: Engine, shop: Scorable, asks: readonly Ask[]): Promise<Ranked[]> {
  // All of it is on its way before the first answer is back: the engine may have another shop by then.
  const onDevice = asks.map((ask) => isReranked(ask) && engine.candidates?.(ask, seenBy(ask)));
  const others = asks.filter((_, a) => !onDevice[a]);
  const ranked = engine.topK(others.map(widened));
  const answers = asks.map(async (ask, a) => {
    const found = onDevice[a];
    if (found && isReranked(ask)) {
      const answer = await rescored(ask, shop, found.n, () => fromDevice(ask, found));
      found.check();
      if (answer !== undefined) return answer;
      engine.load(shop);
      return fromRanked(ask, shop, (await engine.topK([widened(ask)]))[0]!);
    }
    const own = (await ranked)[others.indexOf(ask)]!;
    return isReranked(ask) ? fromRanked(ask, shop, own) : own;
  });
  return Promise.all(answers);
}

function isReranked(ask: Ask): ask is Reranked {
  return ask.rerank !== undefined;
}

/** How many the page's model sees: rules may ask for more items than the page. */
function seenBy({ rerank: { top }, k }: Reranked): number {
  return Math.max(top, k);
}

/** Asks for as many as the page's model sees. */
function widened(ask: Ask): Ask {
  return isReranked(ask) ? { ...ask, k: seenBy(ask) } : ask;
}

async function fromRanked(ask: Reranked, shop: Scorable, ranked: Ranked): Promise<Ranked> {
  if (ranked.items.length === 0) return ranked;
  return (await rescored(ask, shop, ranked.items.length, () => fromArrays(ask, shop, ranked)))!;
}

/** The k best of n candidates by the page's model; undefined where candidates are missing. */
async function rescored(
  { rerank: { tf, model }, k }: Reranked,
  { ids }: Scorable,
  n: number,
  make: () => Numbered,
): Promise<Ranked | undefined> {
  const most = Math.min(k, n);
  let answer: Tensor;
  try {
    answer = tf.tidy(() => {
      const { numbers, missing, ...candidates } = make();
      const scores = model(candidates);
      if (scores?.size !== n) throw new Error(`found ${scores?.size} scores, wanted ${n}`);
      const { values, indices } = tf.topk(tf.cast(tf.reshape(scores, [n]), 'float32'), most);
      return tf.concat([values, tf.gather(numbers, indices), missing]);
    });
  } catch (error) {
    throw new RerankError(`rerank: the page's model failed: ${(error as Error).message}`, { cause: error });
  }
  const read = await answer.data();
  answer.dispose();
  if (read[2 * most]! > 0) return undefined;
  const best = bestItems(most, ids);
  for (let place = 0; place < most; place++) {
    const score = read[place]!;
    if (Number.isNaN(score)) throw new RerankError("rerank: found NaN among the scores of the page's model");
    best.offer(read[most + place]!, score);
  }
  return best.ranked();
}

/** What an engine found on the page's device, as the page's tensors. */
function fromDevice({ rerank: { tf } }: Reranked, { n, best, items, query }: OnDevice): Numbered {
  const tensor = (info: TensorInfo): Tensor => tf.engine().makeTensorFromTensorInfo(info, tf.backend());
  const found = tensor(best);
  return {
    scores: tf.slice(found, [0], [n]) as Tensor1D,
    numbers: tf.slice(found, [n], [n]),
    missing: tf.slice(found, [2 * n], [1]),
    items: tensor(items) as Tensor2D,
    query: tensor(query) as Tensor1D,
  };
}

/** What an engine ranked, taken to the page's backend. */
function fromArrays(
  { rerank: { tf }, query }: Reranked,
  { tables: { item, itemScale, dim }, index }: Scorable,
  ranked: Ranked,
): Numbered {
  const n = ranked.items.length;
  const vectors = new Float32Array(n * dim);
  ranked.items.forEach((i, place) => {
    for (const row of rowsOf(index, i)) {
      for (let d = 0; d < dim; d++) vectors[place * dim + d]! += itemScale[row]! * item[row * dim + d]!;
    }
  });
  return {
    scores: tf.tensor(ranked.scores, [n], 'float32') as Tensor1D,
    numbers: tf.tensor(Float32Array.from(ranked.items), [n], 'float32'),
    missing: tf.tensor([0], [1], 'float32'),
    items: tf.tensor(vectors, [n, dim], 'float32') as Tensor2D,
    query: tf.tensor(query.vector, [dim], 'float32') as Tensor1D,
  };
}
