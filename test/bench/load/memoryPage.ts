/**
 * A page of which memory is measured. What it does is asked of it from outside: hold a catalogue's ids and card data alone, each
 * once, in columns; open a shelf, which gets no more than its listing; let the rest come, and ask for a shelf of all of the model.
 */
export const MEMORY_PAGE = `<!doctype html>
<meta charset="utf-8"><title>Memory</title>
<script type="module">
  import { evershelf } from '/core.js';
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  let held;
  let release;
  globalThis.asked = {
    async 'ids and card data alone'(model) {
      const { ids, columns } = await (await fetch(model + 'catalogue.json')).json();
      const isNumbers = (values) => values.every((value) => value === null || typeof value === 'number');
      const compact = ({ values, distinct, at }) =>
        values === undefined
          ? { distinct, at: (distinct.length < 256 ? Uint8Array : Uint16Array).from(at) }
          : isNumbers(values) ? Float64Array.from(values) : values;
      held = [ids, ...Object.values(columns).map(compact)];
    },
    async 'the listing'(model) {
      const released = new Promise((resolve) => (release = resolve));
      const later = async (address, init) => {
        if (/tables|edges/.test(address)) await released;
        return await fetch(address, init);
      };
      held = await evershelf({ model, engine: 'cpu', fetch: later });
      await held.recommend({ k: 8 });
    },
    async 'all of the model'() {
      release();
      while (!(await held.recommend({ k: 8 })).complete) await pause(50);
      // What was fetched is written to the device meanwhile.
      await pause(2000);
    },
  };
</script>
`;
