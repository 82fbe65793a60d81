import {
  type Ecommerce,
  ecommerceReader,
  type IdProperty,
  type Markup,
  readMarkup,
} from '@evershelf/model/markup';
import { parseHTML } from 'linkedom';
import { consentTools } from './consentTools.ts';
import { type Message, readScripts } from './readScripts.ts';

/** A page as it came. */
export interface ShopPage {
  /** Where it is: its own address where it has one. */
  readonly address: string;
  readonly html: string;
  /** Of the answer's header. */
  readonly policy?: string | undefined;
}

/** An event that stands in a page's scripts. */
export interface SeenEvent extends Ecommerce {
  /** True where the page tells of it as it loads; false where a function does, when something happens. */
  readonly atLoad: boolean;
}

/** What a page says, as the script tag would read it, and what of it only its scripts know. */
export interface InspectedPage {
  readonly address: string;
  readonly title: string;
  readonly markup: Markup;
  /** Name of its data layer. */
  readonly dataLayer: string;
  /** True where some script names it. */
  readonly hasDataLayer: boolean;
  readonly events: readonly SeenEvent[];
  /** Pushes of which nothing is written down: they are made at run time. */
  readonly unread: number;
  /** Ids of Tag Manager's containers, and of gtag's streams. */
  readonly containers: readonly string[];
  readonly streams: readonly string[];
  readonly consent: ReturnType<typeof consentTools>;
  /** Content-Security-Policies that hold for it. */
  readonly policies: readonly string[];
  /** Links to what may be a feed. */
  readonly feeds: readonly string[];
  /** Links to pages of the same host. */
  readonly links: readonly string[];
}

const CONTAINER = /GTM-[A-Z\d]{4,}/g;
const STREAM = /\bG-[A-Z\d]{6,}/g;
/** Tag Manager's snippet names the data layer in its call. */
const NAMED = /['"]script['"]\s*,\s*['"]([\w$]+)['"]\s*,\s*['"]GTM-/;

export function inspectPage({ address, html, policy }: ShopPage, id?: IdProperty): InspectedPage {
  const { document } = parseHTML(html);
  const scripts = [...document.querySelectorAll('script')];
  const isCode = (type: string | null): boolean => !type || /javascript|^module$/i.test(type);
  const inline = scripts
    .filter((script) => isCode(script.getAttribute('type')) && script.getAttribute('src') === null)
    .map((script) => script.textContent ?? '');
  const sources = scripts.flatMap((script) => script.getAttribute('src') ?? []);
  const code = inline.join('\n');
  const layerOf = (source: string): string | undefined =>
    /googletagmanager\.com\/(?:gtm|gtag\/js)\b.*[?&]l=([\w$]+)/.exec(source)?.[1];
  const dataLayer = NAMED.exec(code)?.[1] ?? sources.map(layerOf).find(Boolean) ?? 'dataLayer';
  const read = inline.map((each) => readScripts(each, dataLayer));
  const messages = read.flatMap((each) => each.messages);
  const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')!);
  const tagged = [code, ...sources].join('\n');
  return {
    address,
    title: document.querySelector('title')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    markup: readMarkup(document, { address, id }),
    dataLayer,
    hasDataLayer: messages.length > 0 || new RegExp(`\\b${escaped(dataLayer)}(?![\\w$])`).test(code),
    events: eventsOf(messages),
    unread: read.reduce((sum, each) => sum + each.unread, 0),
    containers: [...new Set(tagged.match(CONTAINER) ?? [])],
    streams: [...new Set(tagged.match(STREAM) ?? [])],
    consent: consentTools({ sources, code, messages: messages.map(({ value }) => value) }),
    policies: [
      ...(policy === undefined ? [] : [policy]),
      ...[...document.querySelectorAll('meta[http-equiv]')]
        .filter((meta) => /^content-security-policy$/i.test(meta.getAttribute('http-equiv')!))
        .flatMap((meta) => meta.getAttribute('content') ?? []),
    ],
    feeds: [
      ...[...document.querySelectorAll('link[rel~="alternate"]')]
        .filter((link) => /xml|tab-separated/.test(link.getAttribute('type') ?? ''))
        .flatMap((link) => link.getAttribute('href') ?? []),
      ...links.filter((href) => /feed[^/]*\.(?:xml|tsv|txt)(?:\?|$)/i.test(href)),
    ].flatMap((href) => absolute(href, address)),
    links: [...new Set(links.flatMap((href) => absolute(href, address)))].filter((link) =>
      isBeside(link, address),
    ),
  };
}

/** What the messages of a page say happened: as it loads in their order, and each by itself where something has to happen first. */
function eventsOf(messages: readonly Message[]): SeenEvent[] {
  const read = ecommerceReader();
  const loaded = messages.filter(({ atLoad }) => atLoad).flatMap(({ value }) => read(value));
  const later = messages.filter(({ atLoad }) => !atLoad).flatMap(({ value }) => ecommerceReader()(value));
  return [
    ...loaded.map((event) => ({ ...event, atLoad: true })),
    ...later.map((event) => ({ ...event, atLoad: false })),
  ];
}

function absolute(href: string, base: string): string[] {
  try {
    const url = new URL(href, base);
    url.hash = '';
    return /^https?:$/.test(url.protocol) ? [url.href] : [];
  } catch {
    return [];
  }
}

function isBeside(link: string, address: string): boolean {
  return new URL(link).origin === new URL(address).origin;
}

function escaped(text: string): string {
  return text.replaceAll('$', String.raw`\$`);
}
