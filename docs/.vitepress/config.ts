import { defineConfig } from 'vitepress';
import { sourceLinks } from './sourceLinks.ts';

const page = (text: string, link: string) => ({ text, link });

/** The site of docs/: `npx -y pnpm site` builds it, with the API reference out of the docstrings. */
export default defineConfig({
  title: 'Evershelf',
  description: 'A recommender that runs in the shopper’s browser and stays fresh without retraining',
  lang: 'en',
  cleanUrls: true,
  rewrites: { ':folder/README.md': ':folder/index.md' },
  head: [['meta', { name: 'color-scheme', content: 'light dark' }]],
  markdown: { config: (markdown) => void markdown.use(sourceLinks) },
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      page('Start', '/start'),
      page('Integrate', '/script-tag'),
      page('Train', '/train'),
      page('Operate', '/service'),
      page('How it works', '/how-it-works'),
      page('API', '/api/evershelf'),
    ],
    sidebar: [
      {
        text: 'Start',
        items: [
          page('Ten minutes to a shelf', '/start'),
          page('How it works', '/how-it-works'),
          page('Screenshots', '/screenshots/'),
        ],
      },
      {
        text: 'Integrate',
        items: [
          page('Script tag', '/script-tag'),
          page('Zero configuration', '/zero-configuration'),
          page('Elements', '/elements'),
          page('Placements', '/placements'),
          page('Rules', '/rules'),
          page('Measuring', '/measuring'),
          page('The drawer', '/drawer'),
          page('Privacy', '/privacy'),
        ],
      },
      {
        text: 'Train',
        items: [
          page('From a log to a model', '/train'),
          page('From a feed alone', '/feed'),
          page('Evaluation', '/evaluation/'),
        ],
      },
      {
        text: 'Operate',
        items: [
          page('The metadata service', '/service'),
          page('Stores', '/stores'),
          page('Events', '/events'),
          page('Reliability', '/reliability'),
          page('From PUT to pixel', '/metadata'),
        ],
      },
      {
        text: 'Design',
        items: [
          page('Design', '/design'),
          page('Performance', '/performance'),
          page('Ladder', '/experiments/ladder'),
          page('Ablation', '/experiments/ablation'),
          page('Window', '/experiments/window'),
          page('Table', '/experiments/table'),
          page('Feed', '/experiments/feed'),
        ],
      },
      {
        text: 'Benchmarks',
        collapsed: true,
        items: [
          page('Engines in a browser', '/bench/engine'),
          page('Engines in Node', '/bench/engine-node'),
          page('Load', '/bench/load'),
          page('Web Vitals', '/bench/vitals'),
          page('Trainer', '/bench/trainer'),
          page('Metadata service', '/bench/kv'),
        ],
      },
      {
        text: 'API',
        items: [
          page('evershelf', '/api/evershelf'),
          page('evershelf/storefront', '/api/evershelf/storefront'),
          page('evershelf/react', '/api/evershelf/react'),
          page('evershelf/vue', '/api/evershelf/vue'),
          page('evershelf/debug', '/api/evershelf/debug'),
          page('evershelf/node', '/api/evershelf/node'),
          page('@evershelf/kv', '/api/@evershelf/kv'),
          page('@evershelf/kv/handler', '/api/@evershelf/kv/handler'),
          page('@evershelf/model', '/api/@evershelf/model'),
          page('@evershelf/trainer', '/api/@evershelf/trainer'),
        ],
      },
    ],
  },
});
