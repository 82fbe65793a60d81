import { type Intent, type Listing, type Signals, STRANGER } from '@evershelf/model';
import { checkExplain, checkRecommend } from './checkOptions.ts';
import { pacer } from './engines/breathe.ts';
import type { Ask } from './engines/Engine.ts';
import type { Network } from './metadata/network.ts';
import type { Metadata } from './metadata/openMetadata.ts';
import type { Profile } from './profile/Profile.ts';
import { type Asked, historyOf, type Situation, situationOf } from './profile/situationOf.ts';
import type { Ruled, RuledShelf } from './rules/fillShelf.ts';
import type { Rules } from './rules/Rules.ts';
import type { ShopRules } from './rules/shopRules.ts';
import type { Scoring } from './scoring/Scoring.ts';
import { maskOf } from './shop/maskOf.ts';
import type { Shop } from './shop/shop.ts';
import type {
  ExplainOptions,
  Freshness,
  Recommendation,
  RecommendedItem,
  RecommendOptions,
  ScoreExplanation,
} from './types.ts';
import { within } from './within.ts';

/** How many of the latest items of a history are asked for their pairs: what is older weighs next to nothing. */
const PAIRED = 20;

/** What a shelf answers from. */
export interface Sources {
  readonly listing: Listing;
  readonly shop: Shop;
  /** As of now. */
  scoring(): Scoring;
  /** The rest of the model, where it is so near that it is worth a short wait. */
  soon(): Promise<void> | undefined;
  readonly network: Pick<Network, 'offline'>;
  /** Absent where there is no metadata service. */
  readonly metadata: Metadata | undefined;
  /** The shopper whom a question is about, as of now. */
  profile(options: ExplainOptions): Profile;
  /** Unix milliseconds. */
  now(): number;
  /** Aborted when the shelf is closed. */
  readonly signal: AbortSignal;
}

/** What a shelf says when it is asked. */
export interface Answers {
  recommendAll(all: readonly RecommendOptions[]): Promise<Recommendation[]>;
  explain(id: string, options?: ExplainOptions): ScoreExplanation | undefined;
}

/** What a call wants, checked; the items of the page by the shop's numbers. */
interface Wish extends Omit<ReturnType<typeof checkRecommend>, 'candidates'> {
  readonly options: RecommendOptions;
  readonly rules: Rules | undefined;
  readonly handed: readonly number[];
  readonly looked: number | undefined;
}

/** A call as the model reads it. */
interface Question extends Wish, Pick<Ask, 'query'>, Pick<Situation, 'personal'> {
  readonly weights: Signals;
}

/** Answers what a page asks of a shelf. */
export function answersOf(sources: Sources): Answers {
  const { listing, shop, network, metadata, signal } = sources;
  const { manifest } = listing;

  const freshnessOf = (i: number): Freshness =>
    network.offline() ? 'offline' : metadata?.confirmed(i) ? 'fresh' : 'stale';

  const describe = (i: number, score: number, ruled?: Ruled): RecommendedItem => {
    const token = shop.token(i);
    return {
      item: shop.item(i),
      score,
      rung: shop.rung(i),
      freshness: freshnessOf(i),
      ...(token === undefined ? {} : { token }),
      ...ruled,
    };
  };

  const askedOf = (looked: Asked['looked']): Asked => ({
    listing,
    shop,
    now: sources.now(),
    looked,
    pairs: metadata?.pairs,
  });

  const weightsFor = ({ heads }: Scoring, intent: Intent, { context, personal }: Situation): Signals =>
    context.length + personal.length === 0 ? STRANGER : heads[intent];

  /** What a call wants, its items handed over to the shop. */
  const wishOf = (options: RecommendOptions): Wish => {
    const { k, intent, deadline, candidates, context } = checkRecommend(options);
    const handed = candidates.map((item) => shop.hand(item));
    const looked = context === undefined ? undefined : shop.hand(context);
    return { options, rules: options.rules, k, intent, deadline, context, handed, looked };
  };

  /** Asks device and service for what a call would like to know, and waits no longer than it may. */
  const lookUp = async ({ options, intent, deadline, context, handed, looked }: Wish): Promise<void> => {
    const unknown = [...handed, looked].filter((i): i is number => i !== undefined && !shop.listed(i));
    const lookUps =
      metadata?.lookUp(
        intent,
        unknown.map((i) => shop.item(i).id),
        () =>
          historyOf(sources.profile(options), askedOf(context))
            .slice(0, PAIRED)
            .map(({ item }) => item.id),
      ) ?? [];
    const isStranger = looked === undefined && sources.profile(options).events.length === 0;
    const learned = isStranger ? undefined : sources.soon();
    if (learned !== undefined) lookUps.push(learned);
    if (lookUps.length > 0) await within(deadline, Promise.all(lookUps), options.signal);
  };

  let shopRules: ShopRules | undefined;
  /** The rules of a call's shelves, ready; undefined where none has any, and their code is not loaded for them. */
  const rulesOf = async (wishes: readonly Wish[]): Promise<ShopRules | undefined> => {
    if (wishes.every(({ rules }) => rules === undefined)) return undefined;
    const { openRules } = await import('./rules/shopRules.ts');
    shopRules ??= openRules(shop);
    await shopRules.prepare(wishes);
    return shopRules;
  };

  return {
    async recommendAll(all) {
      const began = performance.now();
      const wishes = all.map(wishOf);
      const throwIfAborted = (): void => {
        for (const { options } of wishes) options.signal?.throwIfAborted();
        signal.throwIfAborted();
      };
      throwIfAborted();
      const [rules] = await Promise.all([rulesOf(wishes), ...wishes.map(lookUp)]);

      const pace = pacer();
      const questions: Question[] = [];
      const scoring = sources.scoring();
      for (const wish of wishes) {
        const situation = situationOf(sources.profile(wish.options), askedOf(wish.context));
        const { context, personal } = situation;
        const weights = weightsFor(scoring, wish.intent, situation);
        questions.push({ ...wish, query: scoring.query(weights, context, personal), weights, personal });
        await pace();
      }
      // A situation may hand over items of the history that the shop does not know, so the shop is read after all of them, and
      // at one time: it may have changed meanwhile.
      const scorable = shop.scorable();
      const asks = questions.map((question): Ask => {
        const { query, k, weights, deadline, options } = question;
        return {
          query,
          k,
          prior: shop.prior(weights),
          mask: maskOf(shop, options, question),
          until: began + deadline,
          ...scoring.rerankOf?.(options.rerank, k),
        };
      });
      await pace();
      const rank = (each: readonly Ask[]): ReturnType<Scoring['rank']> => scoring.rank(scorable, each);
      const { ranked, engine } = await (rules === undefined ? rank(asks) : rules.rank(asks, wishes, rank));
      await pace();
      throwIfAborted();
      return ranked.map(({ items, scores, ruled }: RuledShelf) => ({
        items: Array.from(items, (i, place) => describe(i, scores[place]!, ruled?.[place])),
        engine,
        milliseconds: performance.now() - began,
        model: manifest.id,
        complete: scoring.complete,
        revision: metadata?.revision() ?? 0,
      }));
    },
    explain(id, options = {}) {
      const { intent, context: looked } = checkExplain(options);
      const i = shop.find(id);
      if (i === undefined) return undefined;
      const situation = situationOf(sources.profile(options), askedOf(looked));
      const scoring = sources.scoring();
      return scoring.explain?.(shop, i, weightsFor(scoring, intent, situation), situation);
    },
  };
}
