/** `pnpm bench NAME`: runs one of the benches beside this file. */
const BENCHES = ['trainer', 'engine', 'load', 'vitals', 'stores', 'kv', 'feed'];

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !BENCHES.includes(name)) {
  console.error(`found ${name ?? 'no bench'}, wanted one of: ${BENCHES.join(', ')}`);
  process.exit(1);
}
process.argv.splice(2, Infinity, ...args);
await import(`./${name}.ts`);
