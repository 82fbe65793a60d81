/**
 * A page of which memory is measured. What it does is asked of it from outside: hold a catalogue's ids and card data alone, as
 * their file has them; open a shelf, which gets no more than its listing; let the rest come, and ask for a shelf of all of the model.
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
      held = await (await fetch(model + 'catalogue.safetensors')).arrayBuffer();
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
