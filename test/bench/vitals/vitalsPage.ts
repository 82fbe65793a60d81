/** A page of a shop as a server sends it: a hero, a shelf or none, products. */
export function vitalsPage(hero: string, products: readonly string[], shelf: boolean): string {
  const cards = products.map(
    (picture, i) =>
      `<li><img src="${picture}" width="96" height="96" alt=""><span>Product ${i + 1}</span></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title>
<style>
  body { margin: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
  .hero { display: block; inline-size: 100%; block-size: 320px; object-fit: cover; object-position: top; background: #eef4ea; }
  evershelf-shelf { display: block; min-block-size: 22rem; }
  .products { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
</style>
${shelf ? '<script async src="/evershelf.js" data-model="/model/"></script>' : ''}
<h1>A shop</h1>
<img class="hero" src="${hero}" alt="">
<button id="tap" type="button">Add to basket</button> <output id="taps">0</output>
${shelf ? '<evershelf-shelf placement="home" count="8"></evershelf-shelf>' : ''}
<ul class="products">${cards.join('')}</ul>
<script>
  document.querySelector('#tap').onclick = () => void document.querySelector('#taps').textContent++;
</script>
</html>
`;
}
