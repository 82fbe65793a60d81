/** The page draws the first shelf that it can, or (\`?whole\`) the first of all of the model, and says when. */
export const LOAD_PAGE = `<!doctype html>
<meta charset="utf-8"><title>Load</title><ul id="shelf"></ul>
<script>
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
</script>
<script async src="/evershelf.js" data-model="/model/"></script>
<script>
  const called = performance.now();
  (window.evershelf = window.evershelf || []).push(async ({ shelf }) => {
    const complete = new Promise((resolve) => {
      const look = () => shelf.status().complete && resolve(performance.now());
      shelf.on('improved', look);
      look();
    });
    if (location.search === '?whole') await complete;
    const { items } = await shelf.recommend({ k: 8 });
    document.querySelector('#shelf').append(
      ...items.map(({ item }) => Object.assign(document.createElement('li'), { textContent: item.title })),
    );
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const drawn = performance.now();
    const completed = await complete;
    // The observer is told of a task after it.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const longest = tasks.reduce((most, { duration, startTime }) => startTime < drawn ? Math.max(most, duration) : most, 0);
    globalThis.measured = { shelf: drawn, sinceCall: drawn - called, complete: completed, longestTask: longest };
  });
</script>
`;
