import type { Item } from '../../packages/model/src/index.ts';

/** How a page of the shop is. */
export interface PageOptions {
  /** Headers of its answer, such as a policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the script tag says, such as `{ engine: 'webgpu' }`. */
  readonly tag?: Readonly<Record<string, string>>;
  /** Runs in front of the script tag. */
  readonly before?: string;
  /** Runs once the storefront is open. */
  readonly after?: string;
}

/** What the page hands over: the model was trained without it, the page knows its category, the service alone its brand. */
export const LATE: Item = { id: 'late', category: ['Food'], brand: 'Brand 2' };

/**
 * A page of a shop that has a life of its own beside the script tag: a button that counts, and says what the shelf says. It uses what
 * the language has, and no function that another script may have put a worse one in place of.
 */
export function shopPage({ tag = {}, before = '', after = '' }: PageOptions): string {
  const attributes = Object.entries(tag)
    .map(([name, value]) => `data-${name}="${value}"`)
    .join(' ');
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A shop</title>
  <script>
    var count = 0;
    var ask = async function () {
      const candidates = [{ id: '${LATE.id}', category: ['${LATE.category![0]}'] }];
      const { items } = await shop.shelf.recommend({ deadline: 50, k: 1000, candidates });
      for (let i = 0; i < items.length; i++)
        if (items[i].item.id === '${LATE.id}') return items[i].rung + ' ' + items[i].freshness;
    };
  </script>
  <body>
    <h1>A shop</h1>
    <button>Add to cart</button>
    <p id="count">0</p>
    <p id="said"></p>
    <evershelf-shelf placement="home" count="4"></evershelf-shelf>
    <script>
      var counted = document.getElementById('count');
      var said = document.getElementById('said');
      document.querySelector('button').onclick = async () => {
        const mine = ++count;
        counted.textContent = mine;
        let answer = 'nobody';
        try {
          if (window.shop) answer = await ask();
        } catch (error) {
          answer = 'nobody: ' + error.message;
        }
        said.textContent = mine + ': ' + answer;
      };
    </script>
    <script>${before}</script>
    <script>
      window.evershelf = [
        (shop) => {
          window.shop = shop;
          ${after}
        },
      ];
    </script>
    <script async src="/sdk/evershelf.js" crossorigin ${attributes}></script>
  </body>
</html>`;
}
