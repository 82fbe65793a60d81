/**
 * What shelves look like. What makes a list a row or a grid has the specificity of a class, so that a page which styles its lists,
 * sections and buttons does not break it. All else has none (`:where`): whatever rule of the shop's own there is, it wins. What parts of
 * the shop's own templates get to begin with is in a layer, which gives way to any rule of the shop outside of layers.
 */
export const STYLES = `
@layer evershelf {
  :where(.evershelf-item) :where([data-part~=title]) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: var(--evershelf-title-lines, 2);
    overflow: hidden;
    min-block-size: calc(var(--evershelf-title-lines, 2) * 1lh);
  }
  :where(.evershelf-item) :where(img[data-part~=image], [data-part~=image] > img) {
    inline-size: 100%;
    block-size: auto;
    display: inline-block;
    aspect-ratio: var(--evershelf-image-ratio, 1);
    object-fit: var(--evershelf-image-fit, contain);
  }
}
:where(evershelf-shelf) { display: block; position: relative; }
evershelf-shelf:is([hidden], [data-evershelf-state=empty]) {
  display: none !important;
}
evershelf-shelf[data-evershelf-state=filled] > :not(.evershelf-section, [slot=heading], h1, h2, h3, h4, h5, h6) { display: none; }
:where(.evershelf-heading) { align-content: center; font-size: 1.375em; line-height: 1.25; text-wrap: balance; }
:where(.evershelf-heading, evershelf-shelf > :is([slot=heading], h1, h2, h3, h4, h5, h6)) {
  margin-block: 0 calc(var(--evershelf-gap, 1rem) * .625);
  min-block-size: 2.25rem;
  padding-inline-end: 6rem;
}
evershelf-shelf[data-evershelf-state=reserved] > * { visibility: hidden; }
.evershelf-section, .evershelf-list, .evershelf-item, .evershelf-scroll { inline-size: auto; margin: 0; padding: 0; }
.evershelf-list { display: grid; gap: var(--evershelf-gap, 1rem); list-style: none; }
.evershelf-row > .evershelf-list {
  grid-auto-flow: column;
  grid-auto-columns: var(--evershelf-card-size, clamp(8rem, 42%, 10.5rem));
  grid-template-rows: 1fr;
  overflow-x: auto;
  overscroll-behavior-inline: contain;
  scrollbar-width: none;
}
.evershelf-section[aria-busy=true] > .evershelf-list { overflow: hidden; }
.evershelf-section[aria-busy=true] > .evershelf-nav { visibility: hidden; }
.evershelf-grid > .evershelf-list {
  grid-template-columns: repeat(auto-fill, minmax(min(var(--evershelf-card-size, 10.5rem), 100%), 1fr));
}
.evershelf-item { display: grid; min-inline-size: 0; }
.evershelf-item::marker { content: none; }
.evershelf-item [hidden] { display: none; }
:where(.evershelf-card) {
  align-content: start;
  background: var(--evershelf-surface, transparent);
  border: 1px solid var(--evershelf-border, color-mix(in srgb, currentColor 16%, transparent));
  border-radius: var(--evershelf-radius, .75rem);
  box-sizing: border-box;
  color: var(--evershelf-text, inherit);
  display: grid;
  gap: .25rem;
  min-inline-size: 0;
  overflow-wrap: anywhere;
  padding: .75rem;
  text-decoration: none;
}
:where(.evershelf-card > *) { min-inline-size: 0; }
:where(.evershelf-picture) {
  aspect-ratio: var(--evershelf-image-ratio, 1);
  background: var(--evershelf-picture, color-mix(in srgb, currentColor 6%, transparent));
  border-radius: calc(var(--evershelf-radius, .75rem) * .6);
  display: grid;
  margin-block-end: .375rem;
  overflow: hidden;
  place-items: center;
}
:where(.evershelf-picture:has(> :is([hidden], .evershelf-broken)))::before {
  color: color-mix(in srgb, currentColor 40%, transparent);
  content: attr(data-initial) / '';
  font-size: 2.5em;
  font-weight: 600;
  grid-area: 1 / 1;
}
:where(.evershelf-picture > img) { grid-area: 1 / 1; block-size: 100%; inline-size: 100%; object-fit: var(--evershelf-image-fit, contain); }
:where(.evershelf-title) { font-size: .9375em; line-height: 1.35; }
:where(.evershelf-price) { font-variant-numeric: tabular-nums; font-weight: 650; line-height: 1.35; min-block-size: 1lh; }
:where(.evershelf-why) {
  color: var(--evershelf-muted, color-mix(in srgb, currentColor 90%, transparent));
  font-size: .8125em;
  line-height: 1.35;
  min-block-size: 2lh;
}
.evershelf-why { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
:where(a.evershelf-card[href]:hover) { border-color: var(--evershelf-accent, color-mix(in srgb, currentColor 45%, transparent)); }
:where(.evershelf-item :is(a, button), .evershelf-scroll):focus-visible {
  outline: 2px solid var(--evershelf-accent, currentColor);
  outline-offset: -2px;
}
.evershelf-broken {
  background: var(--evershelf-picture, color-mix(in srgb, currentColor 6%, transparent));
  content-visibility: hidden;
}
@supports not (content-visibility: hidden) { .evershelf-broken { opacity: 0; } }
.evershelf-skeleton [data-part]:not([data-part=link]), .evershelf-skeleton .evershelf-picture {
  background: var(--evershelf-skeleton, color-mix(in srgb, currentColor 9%, transparent));
  border-radius: .375rem;
}
.evershelf-skeleton img { clip-path: inset(1px round .375rem); display: block; }
.evershelf-skeleton :is(.evershelf-image, button), .evershelf-picture > .evershelf-broken { visibility: hidden; }
.evershelf-nav {
  display: flex;
  gap: .5rem;
  inset-block-start: 0;
  inset-inline-end: 0;
  justify-content: end;
  position: absolute;
}
.evershelf-nav[hidden] { display: none; }
.evershelf-scroll { block-size: 2.25rem; inline-size: 2.25rem; }
:where(.evershelf-scroll) {
  align-items: center;
  background: var(--evershelf-surface, transparent);
  border: 1px solid var(--evershelf-border, color-mix(in srgb, currentColor 30%, transparent));
  border-radius: 50%;
  color: inherit;
  cursor: pointer;
  display: flex;
  font: inherit;
  justify-content: center;
}
:where(.evershelf-scroll)::before {
  block-size: .5rem;
  border: solid;
  border-width: 2px 0 0 2px;
  content: '';
  inline-size: .5rem;
  rotate: -45deg;
  translate: 2px;
}
:where(.evershelf-on, .evershelf-scroll:dir(rtl))::before { rotate: 135deg; translate: -2px; }
:where(.evershelf-on:dir(rtl))::before { rotate: -45deg; translate: 2px; }
:where(.evershelf-scroll[aria-disabled=true]) { cursor: default; opacity: .35; }
@media (prefers-reduced-motion: no-preference) {
  .evershelf-row > .evershelf-list { scroll-behavior: smooth; }
  .evershelf-new { animation: evershelf-in .18s ease-out; }
}
@keyframes evershelf-in { from { opacity: 0; } }
@media (forced-colors: active) {
  .evershelf-skeleton :is([data-part], .evershelf-picture) { border: 1px solid CanvasText; }
}
@media print { .evershelf-nav { display: none; } }
`;
