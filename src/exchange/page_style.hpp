// The style sheet of every page: light and dark, screen and paper. Private to exchange.
// Colours are few: one accent, one for what is well, one for what is not; none says anything that a word or a sign beside it
// does not say as well.
#pragma once

#include <string_view>

namespace aesop {
inline namespace v0 {

inline constexpr std::string_view page_style = R"css(:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f5f6f4; --ink: #1b2127; --soft: #55606a; --line: #d9dedf; --faint: #edf0ef;
  --accent: #1c5d82; --good: #17694a; --good-ground: #e3f1ea; --bad: #a32f22; --bad-ground: #fae9e6; --box: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1a1f24; --ground: #12161a; --ink: #e7ebed; --soft: #a3afb8; --line: #39424a; --faint: #222930;
    --accent: #86c1e3; --good: #79cfa5; --good-ground: #1c3a2d; --bad: #f19a8e; --bad-ground: #45231f; --box: #242c33;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 2; }
header, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 2rem; line-height: 1.15; margin: 0 0 .35rem; letter-spacing: -.02em; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 .25rem; letter-spacing: -.01em; font-weight: 650; }
h3 { font-size: 1.02rem; margin: 1.6rem 0 .4rem; font-weight: 650; }
p { margin: 0 0 .8rem; max-width: 46rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; padding: .7rem 0; margin: 1.2rem 0 0; border-block: 1px solid var(--line); font-size: .925rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.4rem 1.5rem 1.5rem; margin: 1.25rem 0; }
.facts { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; margin: 1.25rem 0; padding: 0; }
.facts div { background: var(--paper); padding: .9rem 1.1rem; }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; font-size: 1.65rem; line-height: 1.25; font-weight: 620; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.facts dd small { display: block; font-size: .85rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem 1.1rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { font-size: .8rem; color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 6.5rem; }
tr > :last-child { padding-right: 0; }
tbody tr:last-child > * { border-bottom: 0; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td .sub, th .sub { display: block; color: var(--soft); font-size: .84rem; font-weight: 400; }
.voice { display: block; }
.value { font-size: 1.08rem; font-weight: 620; }
.tag { display: inline-block; border-radius: 4px; padding: .05rem .45rem; font-size: .82rem; font-weight: 600; white-space: nowrap; background: var(--faint); color: var(--soft); }
.tag.wrap { white-space: normal; }
.tag.good { background: var(--good-ground); color: var(--good); }
.tag.bad { background: var(--bad-ground); color: var(--bad); }
.late, td .sub.late { color: var(--bad); font-weight: 600; }
.mono { font: .84rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.spark { display: block; }
.spark .run { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
.spark .goal { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; }
.spark .end { fill: var(--accent); }
.bar { display: block; height: .62rem; margin-top: .4rem; border-radius: 2px; background: var(--accent); min-width: 2px; }
.barcell { width: 55%; }
.empty { color: var(--soft); margin: .4rem 0 0; }
ol.time { list-style: none; margin: .8rem 0 0 5px; padding: 0; }
ol.time > li { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0 1.5rem; padding: .5rem 0 .5rem 1.1rem; border-left: 2px solid var(--line); position: relative; font-size: .925rem; }
ol.time > li::before { content: ""; position: absolute; left: -5px; top: 1.02rem; width: 8px; height: 8px; border-radius: 50%; background: var(--paper); border: 2px solid var(--soft); box-sizing: border-box; }
ol.time > li.is-late::before { background: var(--bad); border-color: var(--bad); }
ol.time time { font-variant-numeric: tabular-nums; color: var(--soft); }
ol.time ul { margin: 0; padding: 0; list-style: none; }
dl.facts2 { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: .6rem 0 0; font-size: .925rem; }
dl.facts2 dt { color: var(--soft); }
dl.facts2 dd { margin: 0; }
dl.facts2 + p { margin: 1rem 0 0; }
details { margin-top: .8rem; }
summary { cursor: pointer; color: var(--accent); }
footer { color: var(--soft); font-size: .875rem; padding-bottom: 3rem; }
figure { margin: 1rem 0 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
.lanes { display: block; font-family: inherit; }
.lanes .lane { fill: var(--paper); stroke: var(--line); }
.lanes .lane.odd { fill: var(--ground); }
.lanes .role { font-size: 12.5px; font-weight: 650; fill: var(--ink); text-anchor: middle; }
.lanes .rule { stroke: var(--line); }
.lanes .box { fill: var(--box); stroke: var(--soft); stroke-width: 1.1; }
.lanes .box.service, .lanes .box.call { stroke-dasharray: 4 2.5; }
.lanes .box.decision, .lanes .box.parallel, .lanes .box.join, .lanes .box.any { stroke: var(--accent); }
.lanes .box.end { fill: var(--ink); stroke: var(--ink); }
.lanes .box.each { stroke-width: 2.4; }
.lanes .box.end ~ .name, .lanes .box.end ~ .name .number { fill: var(--paper); }
.lanes .name { font-size: 12px; text-anchor: middle; fill: var(--ink); }
.lanes .number { font-weight: 650; fill: var(--accent); }
.lanes .system, .lanes .label, .lanes .jump, .lanes .entry { font-size: 10.5px; fill: var(--soft); }
.lanes .system { text-anchor: middle; }
.lanes .entry { font-style: italic; }
.lanes .label { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.lanes .way { fill: none; stroke: var(--soft); stroke-width: 1.15; }
.lanes .way.aside { stroke-dasharray: 3 3; }
.lanes .tip { fill: var(--soft); }
.lanes a:hover text { text-decoration: underline; }
.lanes :target .box { stroke: var(--accent); stroke-width: 3; }
.only-print { display: none; }
@media (min-width: 95rem) { section.broad { width: 91rem; margin-inline: -10rem; } }
.sheet { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; max-width: 52rem; margin: 1.5rem auto; padding: 2rem 2.25rem; }
.sheet h1 { font-size: 1.45rem; }
.sheet .top { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; justify-content: space-between; align-items: baseline; border-bottom: 2px solid var(--ink); padding-bottom: .5rem; margin-bottom: .4rem; }
.fill { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; font-size: .85rem; color: var(--soft); margin: .6rem 0; }
.fill span { flex: 1 1 9rem; border-bottom: 1px solid var(--soft); padding-top: .9rem; }
.steps { list-style: none; margin: 0; padding: 0; }
.steps > li { display: grid; grid-template-columns: 3rem 1fr; padding: .42rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.steps > li:last-child { border-bottom: 0; }
.steps .n { font-weight: 650; color: var(--accent); font-variant-numeric: tabular-nums; line-height: 1.3; }
.steps h2 { font-size: 1rem; line-height: 1.3; margin: 0; letter-spacing: 0; }
.steps .meta, .steps .ways { color: var(--soft); font-size: .85rem; line-height: 1.35; margin: 0; max-width: none; }
.checks { list-style: none; margin: .15rem 0 0; padding: 0; font-size: .93rem; line-height: 1.4; }
.checks li { position: relative; padding-left: 1.5em; }
.checks li::before { content: ""; position: absolute; left: 0; top: .22em; width: .9em; height: .9em; border: 1.3px solid var(--ink); border-radius: 2px; }
@media (max-width: 46rem) {
  body { overflow-wrap: anywhere; }
  header, main, footer { padding-inline: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.6rem; }
  section { padding: 1.1rem 1rem; border-radius: 8px; }
  .facts { grid-template-columns: 1fr 1fr; }
  .facts div:last-child { grid-column: 1 / -1; }
  table.stack, table.stack tbody, table.stack tr, table.stack td, table.stack th, table.stack caption { display: block; }
  table.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.stack tr { border-bottom: 1px solid var(--line); padding: .55rem 0; }
  table.stack tr:last-child { border-bottom: 0; }
  table.stack td, table.stack th { border: 0; padding: .1rem 0; text-align: left; }
  table.stack td[data-label] { display: grid; grid-template-columns: 7rem 1fr; gap: .5rem; }
  table.stack td[data-label]::before { content: attr(data-label); color: var(--soft); font-size: .84rem; }
  table.stack td.none { display: none; }
  .barcell { width: auto; }
  ol.time > li { grid-template-columns: 1fr; }
  dl.facts2 { grid-template-columns: 1fr; gap: 0; }
  dl.facts2 dd { margin-bottom: .4rem; }
  .sheet { margin: 0; border: 0; border-radius: 0; padding: 1.25rem 1rem; }
}
@page { margin: 14mm 13mm; }
@page wide { size: landscape; margin: 10mm; }
@media print {
  :root { --paper: #fff; --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; --faint: #f4f4f4; --accent: #123f59; --good: #0d4f36; --good-ground: #fff; --bad: #8a1d12; --bad-ground: #fff; --box: #fff; }
  body { font-size: 10.5pt; background: #fff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip, .only-screen { display: none; }
  .only-print { display: block; }
  header, main, footer { max-width: none; padding: 0; }
  section { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.6rem; }
  h2, h3, caption, figcaption { break-after: avoid; }
  table, ol.time > li, dl.facts2 { font-size: 9.5pt; }
  td .sub, th .sub, caption, thead th { font-size: 8.5pt; }
  th, td { padding: 1.1mm 3.5mm 1.1mm 0; }
  .value { font-size: 10.5pt; }
  tr, ol.time > li { break-inside: avoid; }
  thead { display: table-header-group; }
  .facts { break-inside: avoid; }
  .scroll { overflow: visible; }
  .tag { border: 1px solid currentColor; }
  section.wide { page: wide; }
  .slice { break-inside: avoid; margin: 0 0 3mm; }
  .slice svg { display: block; width: 100%; height: auto; }
  .sheet { border: 0; margin: 0; padding: 0; max-width: none; break-after: page; }
  .sheet:last-of-type { break-after: auto; }
  .sheet h1 { font-size: 15pt; }
  .sheet .small { font-size: 9pt; }
  .fill { font-size: 8.5pt; margin: 1mm 0 2mm; }
  .fill span { padding-top: 4mm; }
  .steps > li { padding: 1.1mm 0; grid-template-columns: 11mm 1fr; }
  .steps .n, .steps h2 { font-size: 10.5pt; }
  .steps .meta, .steps .ways { font-size: 8.5pt; }
  .checks { font-size: 9.5pt; margin-top: .5mm; }
}
)css";

}  // namespace v0
}  // namespace aesop
