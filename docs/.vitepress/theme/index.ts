import theme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import dark from '../../screenshots/drawer-phone-dark.webp';
import light from '../../screenshots/home-again-phone-light.webp';
import './style.css';

/** The default theme, with the demo on two phones beside the title of the home page. */
export default {
  extends: theme,
  Layout: () =>
    h(theme.Layout, null, {
      'home-hero-image': () =>
        h(
          'div',
          { class: 'phones' },
          [light, dark].map((src) => h('img', { src, alt: '', width: 390, height: 844 })),
        ),
    }),
};
