import type { Key } from '../../src/index.ts';
import { openPlace } from './openPlace.ts';

/**
 * A process that writes to the store of an address until it is killed: records of many sizes, all at one version, then all at the next.
 * It prints a version, and for each record whether it was told that it wrote, once that is so.
 */
const [address, from, by] = process.argv.slice(2);
const store = await openPlace(address!);
const keys = Array.from({ length: 40 }, (_, i): Key => [`item/${i % 4}`, `ü ${i}`]);
for (let version = Number(from); ; version++) {
  const entries = keys.map((key, i) => {
    const text = `${version}`.repeat(i === 0 ? 20_000 : i * 50);
    return [key, { by, version, text, ends: text.length }] as const;
  });
  const written = await store.putMany(entries, version);
  process.stdout.write(`${JSON.stringify({ version, written })}\n`);
}
