"""How a report looks in a browser and on paper: light and dark, from either side, without any other file."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1b2430; --soft: #4d5866; --paper: #ffffff; --band: #f2f5f8; --rule: #c5ced8;
  --strong: #0b4f6c; --fill: #1f7a8c; --rest: #dfe6ec; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --soft: #b3bfcb; --paper: #14191f; --band: #1d252e; --rule: #3d4a57; --strong: #8fd0e6;
    --fill: #4fb3c8; --rest: #2c3742; }
}
* { box-sizing: border-box; }
html { font-size: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font-family: "Source Sans 3", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", Arial, sans-serif; }
:lang(ar) { font-family: "Noto Naskh Arabic", "Amiri", "Segoe UI", "Geeza Pro", "Noto Sans Arabic", Tahoma, serif;
  line-height: 1.75; }
main, footer { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
main { padding-block-end: 0; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; color: var(--strong); margin: 2rem 0 .6rem; break-after: avoid; }
:lang(ar) :is(h1, h2, h3, h4, h5, h6) { line-height: 1.5; }
h1 { font-size: 1.9rem; margin-block-start: 0; }
h2 { font-size: 1.4rem; border-block-end: 2px solid var(--rule); padding-block-end: .25rem; }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
p { margin: .4rem 0; max-width: 48rem; }
header p { color: var(--soft); }
ul, ol { margin: .5rem 0; padding-inline-start: 1.5rem; }
nav { margin: 1.5rem 0; padding: .8rem 1rem; background: var(--band); border-inline-start: 4px solid var(--fill); }
nav h2 { border: 0; font-size: 1rem; margin: 0 0 .3rem; padding: 0; }
nav ol { list-style: none; margin: 0; padding: 0; columns: 20rem; }
bdi { white-space: nowrap; }
nav a { color: var(--ink); }
.deeper { padding-inline-start: 1.2rem; }
.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-block-end: .3rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-block-end: 1px solid var(--rule); }
tbody th { font-weight: 400; }
thead th { background: var(--band); border-block-end: 2px solid var(--rule); font-weight: 600; vertical-align: bottom; }
tfoot th, tfoot td { font-weight: 700; border-block-start: 2px solid var(--ink); }
@media screen { :is(td, tbody th):not(.figure, .whole) { min-inline-size: 7.5rem; } }
.figure { text-align: right; white-space: nowrap; }
.whole { white-space: nowrap; }
.bars { list-style: none; padding: 0; }
.bars li { display: grid; grid-template-columns: minmax(8rem, 2fr) 3fr 5rem minmax(8rem, 2fr); gap: .2rem .8rem;
  align-items: center; padding: .35rem 0; border-block-end: 1px solid var(--rule); break-inside: avoid; }
.bar { display: block; block-size: .8rem; background: var(--rest); print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.bar > span { display: block; block-size: 100%; background: var(--fill); }
.share { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.note { color: var(--soft); }
.moments { list-style: none; padding: 0; margin-inline-start: .5rem; border-inline-start: 2px solid var(--rule); }
.moments li { position: relative; padding: .25rem 1.2rem; break-inside: avoid; }
.moments li::before { content: ""; position: absolute; inset-inline-start: -.45rem; inset-block-start: .7rem;
  inline-size: .7rem; block-size: .7rem; border-radius: 50%; background: var(--fill); border: 2px solid var(--fill);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.moments .ahead::before { background: var(--paper); }
.moments time { font-weight: 600; margin-inline-end: .6rem; white-space: nowrap; }
.mark { font-size: .7em; color: var(--soft); border: 1px solid var(--rule); border-radius: .2rem; padding: 0 .25em;
  margin-inline-start: .3em; vertical-align: middle; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
footer { margin-block-start: 2rem; border-block-start: 1px solid var(--rule); color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { .bars li { grid-template-columns: 1fr 4.5rem; } .bars .label, .bars .note
  { grid-column: 1 / -1; } main, footer { padding: 1rem; } }
@page { margin: 18mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --band: #eef1f4; --rule: #aab4be;
    --strong: #0b4f6c; --fill: #1f7a8c; --rest: #dfe6ec; }
  body { font-size: 10pt; }
  main, footer { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tfoot { display: table-row-group; }
  tr, footer { break-inside: avoid; }
}
"""

ACROSS = """
@media screen { main, footer { max-width: 92rem; } td:not(.figure, .whole) { min-inline-size: 9rem; } }
@page { size: A4 landscape; }
@media print { table { font-size: 8pt; } th, td { padding: .2rem .3rem; } }
"""
"""Added where a table is too wide for an upright page."""
