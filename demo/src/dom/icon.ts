import { s } from './s.ts';

const PATHS = {
  attributes: 'M4 4h7l9 9-7 7-9-9V4Zm4 4h.01',
  cart: 'M3 4h2l2.3 11h10.7l2-8H6.2M9 20h.01M17 20h.01',
  category: 'M4 6a1 1 0 0 1 1-1h4.5l2 2.5H19a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6Z',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm3.5-12.5-2 5-5 2 2-5 5-2Z',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  forget: 'M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13M10 11v5m4-5v5',
  known: 'm5 12.5 4.5 4.5L19 7.5',
  layers: 'm12 3 9 5-9 5-9-5 9-5Zm-9 9.5 9 5 9-5M3 16.8l9 5 9-5',
  left: 'm15 5-7 7 7 7',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minus: 'M6 12h12',
  offline:
    'M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.8M5.5 12a9.5 9.5 0 0 1 4-2.3m4.5-.1a9.5 9.5 0 0 1 4.5 2.4M12 19h.01',
  online: 'M8.5 15.5a5 5 0 0 1 7 0M5.5 12a9.5 9.5 0 0 1 13 0M3 8.7a14 14 0 0 1 18 0M12 19h.01',
  plus: 'M12 6v12M6 12h12',
  retry: 'M19 12a7 7 0 1 1-2-4.9L19 9m0-5v5h-5',
  right: 'm9 5 7 7-7 7',
  root: 'M12 21v-9m0 0c0-4 2.5-6.5 7-6.5 0 4-2.5 6.5-7 6.5Zm0 3c0-3-2-5-6-5 0 3 2 5 6 5Z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20 20',
  sparkle: 'M12 4c.7 4.5 2.5 6.8 8 8-5.5 1.2-7.3 3.5-8 8-.7-4.5-2.5-6.8-8-8 5.5-1.2 7.3-3.5 8-8Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside a text that says the same; screen readers skip it. */
export function icon(name: IconName): SVGElement {
  return s(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    s('path', { d: PATHS[name] }),
  );
}
