import { expect, test } from '@playwright/test';
import type { evershelf as Evershelf } from '../../packages/sdk/src/index.ts';
import { pages, shop } from './addresses.ts';

test("the README's script tag fills a shelf in a plain HTML page", async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${pages}/readme.html`);
  const cards = page.locator('evershelf-shelf [data-item]');
  await expect(cards).toHaveCount(8);
  for (const text of await cards.allInnerTexts()) expect(text.trim()).not.toBe('');
  expect(errors).toEqual([]);
});

test('WebGPU runs on the adapter and gives the shelf of the CPU', async ({ page }) => {
  await page.goto(`${pages}/empty.html`);
  const found = await page.evaluate(async (address) => {
    const module = '/core.js';
    const { evershelf } = (await import(module)) as { evershelf: typeof Evershelf };
    const open = async (engine: 'cpu' | 'webgpu') => {
      const shelf = await evershelf({ model: `${address}/model/`, consent: 'none', engine });
      while (!shelf.status().complete) await new Promise((resolve) => shelf.on('improved', () => resolve(0)));
      return shelf;
    };
    const [gpu, cpu] = [await open('webgpu'), await open('cpu')];
    const history = [...cpu.items().slice(100, 130)];
    const answers = [];
    for (const shelf of [gpu, cpu]) {
      shelf.track(history.map((item) => ({ item: item.id, kind: 'purchase' })));
      answers.push(await shelf.recommend({ k: 500, deadline: 20_000 }));
    }
    const { adapter, engines } = gpu.status();
    gpu.close();
    cpu.close();
    return {
      adapter,
      engine: engines.one,
      by: answers.map((answer) => answer.engine),
      shelves: answers.map(({ items }) => items.map(({ item, score }) => ({ id: item.id, score }))),
    };
  }, shop);

  expect(found.adapter, found.engine.reason).toBeDefined();
  expect(JSON.stringify(found.adapter)).toMatch(/swiftshader/i);
  expect(found.engine.name).toBe('webgpu');
  expect(found.by).toEqual(['webgpu', 'cpu']);
  const [gpu, cpu] = found.shelves;
  expect(gpu).toHaveLength(500);
  const scores = new Map(cpu!.map(({ id, score }) => [id, score]));
  gpu!.forEach(({ id, score }, place) => {
    expect(Math.abs(score - cpu![place]!.score)).toBeLessThan(1e-3);
    // Two items may change places where rounding leaves them equal, or the last may be another of the same score.
    if (scores.has(id)) expect(Math.abs(score - scores.get(id)!)).toBeLessThan(1e-3);
    else expect(Math.abs(score - cpu!.at(-1)!.score)).toBeLessThan(1e-3);
  });
  expect(gpu!.slice(0, 20).map(({ id }) => id)).toEqual(cpu!.slice(0, 20).map(({ id }) => id));
});
