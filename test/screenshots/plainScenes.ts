import type { Scenes } from './Scene.ts';
import { measured } from './visits.ts';

/** What there is without the demo's code: elements on a page of plain HTML, a report, the site of docs/. */
export const plainScenes: Scenes = {
  async element(page, { pages }) {
    await page.goto(`${await pages()}/corner.html`);
    await page.locator('evershelf-shelf [data-item]').first().waitFor();
  },
  async 'element-drawer'(page, { pages }) {
    await page.goto(`${await pages()}/corner.html?evershelf-debug`);
    await page.locator('evershelf-shelf [data-item]').first().waitFor();
    await measured(page);
  },
  async report(page, { report }) {
    await page.goto(await report());
  },
  async 'report-experiment'(page, { report }) {
    await page.goto(await report());
    await page
      .getByRole('heading', { name: 'Experiment', level: 2 })
      .first()
      .evaluate((title) => title.scrollIntoView({ block: 'start' }));
  },
  async site(page, { site }) {
    await page.goto(await site());
  },
};
