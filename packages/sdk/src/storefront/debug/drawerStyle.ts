/**
 * The drawer's own style. What is important keeps the page's style, which may be meant for all elements, off its host. What items say is
 * cut off at the end of its room: words may have no end, and accents stand a thousand high.
 */
export const drawerStyle = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: 2147483646 !important;
  inset: 0 !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
  --paper: #ffffff; --sunken: #eef1f0; --line: #d9dedc; --edge: #7b8783; --ink: #17201d; --soft: #56625e; --accent: #0f6a5b;
  --bad: #a32020; --bad-tint: #fdeaea; --known: #2c8a52; --attributes: #3a78d8; --category: #c9770e; --root: #8468bd; --offline: #76827a;
  --deep: #0f6a5b; --match: #3a78d8; --wide: #2c8a52; --pairs: #8fb339; --live: #c9770e; --personal: #8468bd; --unknown: #76827a;
  --boost: #c2427f;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #171c1a; --sunken: #242b28; --line: #313a36; --edge: #7f8c87; --ink: #e9f0ed; --soft: #a8b5b0; --accent: #6fd2bd;
    --bad: #ff9d9d; --bad-tint: #3a1f1f; --known: #4bb377; --attributes: #6ba2f2; --category: #e09a3c; --root: #a78fd8; --offline: #94a198;
    --deep: #4fbfa8; --match: #6ba2f2; --wide: #4bb377; --pairs: #b4d25e; --live: #e09a3c; --personal: #a78fd8; --unknown: #94a198;
    --boost: #e77bab;
  }
}
*, *::before, *::after { box-sizing: border-box; }
aside, .handle { font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
[hidden] { display: none !important; }
h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
button, select, summary { font: inherit; color: inherit; }
button, summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.drawer {
  position: absolute; inset-block: 0; right: 0; width: 352px; max-width: 100%;
  display: flex; flex-direction: column; pointer-events: auto; background: var(--paper); color: var(--ink);
  border-left: 1px solid var(--line); box-shadow: -8px 0 32px rgb(0 0 0 / 12%); animation: arrive 0.18s ease-out;
}
:host([dir='rtl']) .drawer { right: auto; left: 0; border: 0; border-right: 1px solid var(--line); }
.head { display: flex; flex: none; align-items: center; justify-content: space-between; padding: 10px 12px 6px 18px; }
h2 { font-size: 17px; letter-spacing: -0.01em; }
h3 { font-size: 14px; }
h4 { margin-top: 10px; font-size: 13px; }
.close { position: relative; width: 44px; height: 44px; border: 0; border-radius: 50%; background: none; }
.close::before, .close::after {
  position: absolute; top: 21px; left: 14px; width: 16px; height: 2px; border-radius: 1px; background: currentcolor; content: ''; rotate: 45deg;
}
.close::after { rotate: -45deg; }
.close:hover, .button:hover, .card-summary:hover { background: var(--sunken); }
.handle {
  position: absolute; bottom: 16px; right: 16px; min-height: 44px; padding: 8px 16px; border: 1px solid var(--edge); border-radius: 22px;
  pointer-events: auto; background: var(--paper); color: var(--ink); font-weight: 600; box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
}
:host([dir='rtl']) .handle { right: auto; left: 16px; }
.body { flex: 1; min-height: 0; padding: 0 18px 24px; overflow-y: auto; overscroll-behavior: contain; }
section { padding-block: 14px; border-top: 1px solid var(--line); }
.controls { padding-top: 2px; border: 0; }
.row { display: flex; gap: 8px; margin-top: 8px; }
.button, select { min-height: 40px; border: 1px solid var(--edge); border-radius: 9px; background: var(--paper); }
.button { padding: 6px 14px; font-weight: 600; white-space: nowrap; }
select { flex: 1; min-width: 0; padding-inline: 8px; }
.switch {
  display: flex; width: 100%; min-height: 44px; padding: 0; border: 0; align-items: center; justify-content: space-between; background: none;
  font-weight: 600; text-align: start;
}
.switch-track { position: relative; width: 46px; height: 26px; border-radius: 13px; background: var(--edge); transition: background 0.15s; }
.switch-track::after {
  position: absolute; top: 3px; left: 3px; width: 20px; height: 20px; border-radius: 50%; background: var(--paper); content: '';
  transition: translate 0.15s;
}
[aria-checked='true'] .switch-track { background: var(--category); }
[aria-checked='true'] .switch-track::after { translate: 20px; }
.small { color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
p.small { margin-top: 6px; }
p.small::first-letter { text-transform: uppercase; }
.small b { color: var(--ink); font-variant-numeric: tabular-nums; }
.now { display: flex; align-items: baseline; justify-content: space-between; }
.engine-now { font-size: 20px; letter-spacing: -0.02em; }
.spark { display: block; width: 100%; height: auto; margin-block: 6px 10px; }
.spark-line { fill: none; stroke: var(--accent); stroke-linejoin: round; stroke-width: 1.5; }
.spark-dot { fill: var(--accent); }
.engines { display: grid; column-gap: 10px; grid-template-columns: auto 1fr auto; }
.engines li { display: grid; padding-block: 2px; align-items: center; grid-column: 1 / -1; grid-template-columns: subgrid; color: var(--soft); }
.engines .engine-taken { color: var(--ink); font-weight: 600; }
.engine-track { height: 8px; border-radius: 4px; background: var(--sunken); }
.engine-bar { display: block; height: 100%; border-radius: 4px; background: var(--edge); }
.engine-taken .engine-bar { background: var(--accent); }
.engine-median { font-variant-numeric: tabular-nums; text-align: end; }
.counts + .counts { margin-top: 16px; }
.count-bar, .score-bar { display: flex; height: 12px; margin-block: 7px; border-radius: 6px; gap: 2px; background: var(--sunken); overflow: hidden; }
.count-bar span, .score-bar span { min-width: 4px; flex-basis: 0; }
.score-bar .score-nothing { min-width: 2px; width: 2px; flex: none; background: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: 1px 14px; }
.legend li { color: var(--soft); }
.legend b { color: var(--ink); font-variant-numeric: tabular-nums; }
.swatch { display: inline-block; width: 9px; height: 9px; margin-right: 6px; border-radius: 3px; flex: none; }
.swatch-known, .swatch-fresh { background: var(--known); }
.swatch-attributes { background: var(--attributes); }
.swatch-category, .swatch-stale { background: var(--category); }
.swatch-root { background: var(--root); }
.swatch-offline { background: var(--offline); }
.swatch-deep { background: var(--deep); }
.swatch-match { background: var(--match); }
.swatch-wide { background: var(--wide); }
.swatch-pairs { background: var(--pairs); }
.swatch-live { background: var(--live); }
.swatch-personal { background: var(--personal); }
.swatch-unknown { background: var(--unknown); }
.swatch-boost { background: var(--boost); }
.facts-tiles { display: grid; gap: 10px 18px; grid-template-columns: repeat(3, auto); justify-content: space-between; }
dt { color: var(--soft); font-size: 12.5px; }
dd { font-variant-numeric: tabular-nums; }
dd, .error, .shelf-name, .score-parts [dir] { overflow: hidden; overflow-wrap: anywhere; }
.facts-tiles dd { font-weight: 600; }
.facts-rows > div { display: grid; align-items: baseline; gap: 10px; grid-template-columns: 84px minmax(0, 1fr); }
section > .facts-rows { margin-top: 6px; }
.error { margin-top: 10px; padding: 8px 12px; border-radius: 9px; background: var(--bad-tint); color: var(--bad); }
.shelf { margin-top: 6px; }
summary { list-style: none; }
summary::-webkit-details-marker { display: none; }
.shelf > summary {
  display: grid; min-height: 44px; align-content: center; grid-template-columns: 16px minmax(0, 1fr);
}
.shelf > summary::before {
  width: 7px; height: 7px; margin-top: 6px; border: solid var(--soft); border-width: 0 2px 2px 0; content: ''; rotate: -45deg; grid-row: 1 / 3;
}
.shelf[open] > summary::before { rotate: 45deg; }
.shelf-name { font-weight: 600; }
.shelf > summary .small { grid-column: 2; }
.card-summary {
  display: grid; min-height: 36px; padding: 4px 6px; border-radius: 9px; align-items: center; gap: 8px;
  grid-template-columns: 20px minmax(0, 1fr) auto;
}
.card-position { color: var(--soft); font-variant-numeric: tabular-nums; text-align: end; }
.card-title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.card[open] .card-title { white-space: normal; }
.card-why { padding: 2px 6px 12px 34px; }
.rung { padding-inline-start: 16px; position: relative; color: var(--soft); font-size: 12.5px; }
.rung::before { position: absolute; top: 5px; left: 0; width: 9px; height: 9px; border-radius: 3px; background: var(--known); content: ''; }
.rung-attributes::before { background: var(--attributes); }
.rung-category::before { background: var(--category); }
.rung-root::before { background: var(--root); }
.score { margin-top: 10px; }
.score-parts li { display: grid; align-items: baseline; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0; }
.score-parts [dir] { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; grid-column: 1 / 3; }
.score-parts li > :only-child, .score-parts li > span:first-child:not(.swatch) { grid-column: 1 / 3; }
.score-parts b { padding-inline-start: 8px; font-variant-numeric: tabular-nums; }
.frame {
  position: fixed; top: 0; left: 0; border: 3px solid var(--accent); border-radius: 12px;
  box-shadow: 0 0 0 2px var(--paper), inset 0 0 0 2px var(--paper);
}
@keyframes arrive { from { opacity: 0; translate: 24px; } }
@media (max-width: 640px) {
  .drawer, :host([dir='rtl']) .drawer {
    inset: auto 0 0; width: auto; max-height: 56vh; border: 0; border-radius: 18px 18px 0 0;
    box-shadow: 0 0 0 1px var(--line), 0 -8px 32px rgb(0 0 0 / 18%);
  }
  @keyframes arrive { from { opacity: 0; translate: 0 24px; } }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; transition: none !important; }
}
`;
