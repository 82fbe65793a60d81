import type { PlacementName } from '../Storefront.ts';

/** What a shelf says; `{}` stands for a name: of a product, of a category, or what was searched for. */
export type Messages = Readonly<
  Record<PlacementName | 'again' | 'categoryOf' | 'back' | 'on' | WhyName, string>
>;

/** Why a card is where it is. */
export type WhyName =
  | 'pinned'
  | 'promoted'
  | 'matches'
  | 'goesWith'
  | 'similar'
  | 'inspired'
  | 'forYou'
  | 'had'
  | 'popular'
  | 'popularIn'
  | 'unseen';

const ENGLISH: Messages = {
  home: 'For you',
  category: 'For you',
  categoryOf: 'For you in {}',
  product: 'Goes well with this',
  cart: 'Goes well with your cart',
  search: 'You might like',
  missing: 'You might like',
  again: 'Again for you',
  back: 'Previous products',
  on: 'More products',
  pinned: 'Chosen by the shop',
  promoted: 'Promoted',
  matches: 'Matches “{}”',
  goesWith: 'Goes with {}',
  similar: 'Similar to {}',
  inspired: 'Inspired by {}',
  forYou: 'Recommended',
  had: 'From your history',
  popular: 'Popular now',
  popularIn: 'Popular in {}',
  unseen: 'To discover in {}',
};

const BUILT_IN: Readonly<Record<string, Messages>> = {
  en: ENGLISH,
  de: {
    home: 'Für Sie',
    category: 'Für Sie',
    categoryOf: 'Für Sie in {}',
    product: 'Passt gut dazu',
    cart: 'Passt gut zu Ihrem Warenkorb',
    search: 'Das könnte Ihnen gefallen',
    missing: 'Das könnte Ihnen gefallen',
    again: 'Noch einmal für Sie',
    back: 'Vorige Produkte',
    on: 'Weitere Produkte',
    pinned: 'Vom Shop ausgewählt',
    promoted: 'Hervorgehoben',
    matches: 'Passt zu „{}“',
    goesWith: 'Passt zu: {}',
    similar: 'Ähnlich wie: {}',
    inspired: 'Angeregt durch: {}',
    forYou: 'Empfohlen',
    had: 'Aus Ihrem Verlauf',
    popular: 'Gerade beliebt',
    popularIn: 'Beliebt in {}',
    unseen: 'Zu entdecken in {}',
  },
  fr: {
    home: 'Pour vous',
    category: 'Pour vous',
    categoryOf: 'Pour vous : {}',
    product: 'À associer avec cet article',
    cart: 'À associer avec votre panier',
    search: 'Vous aimerez peut-être',
    missing: 'Vous aimerez peut-être',
    again: 'À nouveau pour vous',
    back: 'Produits précédents',
    on: 'Autres produits',
    pinned: 'Choisi par la boutique',
    promoted: 'Mis en avant',
    matches: 'Correspond à « {} »',
    goesWith: 'Va avec : {}',
    similar: 'Semblable à : {}',
    inspired: 'Inspiré par : {}',
    forYou: 'Recommandé',
    had: 'De votre historique',
    popular: 'Populaire en ce moment',
    popularIn: 'Populaire : {}',
    unseen: 'À découvrir : {}',
  },
  es: {
    home: 'Para ti',
    category: 'Para ti',
    categoryOf: 'Para ti en {}',
    product: 'Combina bien con esto',
    cart: 'Combina bien con tu cesta',
    search: 'Te puede gustar',
    missing: 'Te puede gustar',
    again: 'De nuevo para ti',
    back: 'Productos anteriores',
    on: 'Más productos',
    pinned: 'Elegido por la tienda',
    promoted: 'Destacado',
    matches: 'Coincide con «{}»',
    goesWith: 'Combina con: {}',
    similar: 'Parecido a: {}',
    inspired: 'Inspirado en: {}',
    forYou: 'Recomendado',
    had: 'De tu historial',
    popular: 'Popular ahora',
    popularIn: 'Popular en {}',
    unseen: 'Por descubrir en {}',
  },
};

/** What a shop says otherwise, or in another language: by language (BCP 47, the first part is enough), as much as it likes. */
export type OwnMessages = Readonly<Record<string, Partial<Messages>>>;

/** What a shelf says in a language: the shop's own words, else those that are here, else English. */
export function messagesOf(language = 'en', own: OwnMessages = {}): Messages {
  const tag = language.replaceAll('_', '-').toLowerCase();
  const [first] = tag.split('-') as [string];
  const owned = Object.entries(own).filter(([name]) => [first, tag].includes(name.toLowerCase()));
  const inOrder = owned.toSorted(([a], [b]) => a.length - b.length).map(([, messages]) => messages);
  return Object.assign({}, ENGLISH, BUILT_IN[first], ...inOrder) as Messages;
}

/** Puts a name where a message has room for one. */
export function say(message: string, name = ''): string {
  return message.replace('{}', () => name);
}
