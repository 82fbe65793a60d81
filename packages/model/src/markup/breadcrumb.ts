import { type Graph, isA, type Thing } from './Graph.ts';
import { categoryOf } from './categoryOf.ts';
import { isHome, type Place, placeOf, sameness } from './Place.ts';
import { textOf } from './textOf.ts';

/** What the shop's first page is called, where its address does not say so. */
const HOME =
  /^(?:home(?:\s?page)?|start(?:seite)?|accueil|inicio|início|hem|hjem|forside|etusivu|etusivulle|domů|главная|ホーム|首页)$/iu;

const LISTS = new Set(['BreadcrumbList']);

/** An entry of the way from the shop's first page to this one. */
interface Crumb {
  readonly name: string;
  readonly place: Place | undefined;
}

/**
 * The names on the way to a page, root first: of the longest BreadcrumbList that is there, without the shop's first page.
 *
 * @param own a product's name, which is no category where it ends the way
 */
export function breadcrumb(
  graph: Graph,
  things: readonly Thing[],
  page: { address: string; place: Place; language: string | undefined; own: string | undefined },
): string[] | undefined {
  const lists = things.flatMap((thing) => [thing, ...graph.things(thing, 'breadcrumb')]);
  const ways = lists.filter((thing) => isA(thing, LISTS)).map((list) => crumbsOf(graph, list, page.address));
  const way = ways.toSorted((a, b) => b.length - a.length)[0];
  if (way === undefined)
    return categoryOf(things.map((thing) => graph.all(thing, 'breadcrumb').find(textOf)));
  const [first] = way;
  if (first && (HOME.test(first.name) || (first.place && isHome(first.place, page.language)))) way.shift();
  const last = way.at(-1);
  const isOwn = (crumb: Crumb): boolean =>
    crumb.name === page.own || crumb.place === undefined || sameness(crumb.place, page.place) > 0;
  if (page.own !== undefined && last !== undefined && isOwn(last)) way.pop();
  return way.length === 0 ? undefined : way.map(({ name }) => name).slice(0, 16);
}

function crumbsOf(graph: Graph, list: Thing, base: string): Crumb[] {
  return graph
    .things(list, 'itemListElement')
    .map((entry, k) => ({ entry, at: Number(graph.text(entry, 'position') ?? k) || 0 }))
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ entry }) => {
      const [item] = graph.things(entry, 'item');
      const name = graph.text(entry, 'name') ?? (item && graph.text(item, 'name'));
      if (name === undefined) return [];
      const address = item
        ? (graph.text(item, '@id') ?? graph.text(item, 'url'))
        : (graph.text(entry, 'item') ?? graph.text(entry, 'url'));
      return [{ name, place: address === undefined ? undefined : placeOf(address, base) }];
    });
}
