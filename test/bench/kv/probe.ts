import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../engine/quantile.ts';

/** `probe.ts URL ITEMS`: looks up 24 items every 10 ms until its input ends, then prints how long that took. */

const [url, items] = process.argv.slice(2);
const ended = once(process.stdin.resume(), 'end').then(() => true);
const took: number[] = [];
console.log('ready');
for (let turn = 0; !(await Promise.race([ended, pause(10, false)])); turn++) {
  const ids = Array.from({ length: 24 }, (_, k) => `item-${(turn * 7919 + k * 104_729) % Number(items)}`);
  const before = performance.now();
  const answer = await fetch(`${url}/v1/items?ids=${ids.join(',')}`);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`found status ${answer.status}, wanted 200`);
  took.push(performance.now() - before);
}
console.log(JSON.stringify({ readP50Ms: quantile(took, 0.5), readP99Ms: quantile(took, 0.99) }));
