/** Which shop is built; `vite/shopConfig.ts` says it. */
declare const __SHOP__: 'grocer' | 'gifts';
/** Address of the other shop. */
declare const __NEIGHBOUR__: string;
/** Files that the service worker keeps: their addresses and what stands in them. */
declare const __KEPT__: { url: string; revision: string }[];
