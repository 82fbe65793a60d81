/** What the shop of the feed sells: kinds of products, each in some materials and colours. */
const KINDS = {
  Boots: ['Walking', 'Winter', 'Rubber', 'Leather', 'Trail', 'Work'],
  Tents: ['Dome', 'Tunnel', 'Ridge', 'Family', 'Festival', 'Solo'],
  Lanterns: ['Oil', 'Gas', 'Solar', 'Candle', 'Crank', 'Pocket'],
} as const;
/** What the first of each kind costs. */
const PRICES = { Boots: 60, Tents: 250, Lanterns: 9 } as const;
const BRANDS = ['Fjell', 'Tarn', 'Moor'];

/** A shop's Merchant Center feed, as its shop system writes it. */
export function feedXml(address: string): string {
  const items = Object.entries(KINDS).flatMap(([kind, sorts]) =>
    sorts.map((sort, k) => {
      const id = `${kind.toLowerCase()}-${k}`;
      return `  <item>
    <g:id>${id}</g:id>
    <title>${sort} ${kind.toLowerCase()}</title>
    <link>${address}/feedProduct.html?sku=${id}</link>
    <description>${kind} for those who go outside, whatever the weather.</description>
    <g:availability>${k === 5 ? 'out_of_stock' : 'in_stock'}</g:availability>
    <g:price>${(PRICES[kind as keyof typeof KINDS] * (1 + k / 4)).toFixed(2)} EUR</g:price>
    <g:brand>${BRANDS[k % BRANDS.length]}</g:brand>
    <g:product_type>Outdoor &gt; ${kind}</g:product_type>
    <g:condition>new</g:condition>
  </item>`;
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
  <title>Outdoor shop</title>
${items.join('\n')}
</channel>
</rss>
`;
}
