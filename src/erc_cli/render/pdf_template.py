"""How a report is set on paper, in typst's language. What it says comes as data alone, never as part of this text."""

from __future__ import annotations

from typing import Final

LATIN, ARABIC = "Libertinus Serif", "Noto Naskh Arabic"
"""The fonts: the first comes with typst itself, the second with this program."""

TEMPLATE: Final = r"""
#let report = json(bytes(sys.inputs.report))
#let room = if report.dense { 0.5 } else { 1 }
#let strong-colour = rgb("#0b4f6c")
#let fill-colour = rgb("#1f7a8c")
#let rest-colour = rgb("#dfe6ec")
#let band-colour = rgb("#eef2f5")
#let rule-colour = rgb("#aab4be")
#let soft-colour = rgb("#4d5866")

// A text: a string, or one in another language, which is marked.
#let say(it) = if type(it) == str { it } else {
  text(lang: it.lang, it.text)
  h(0.25em, weak: true)
  box(stroke: 0.4pt + rule-colour, inset: (x: 1.5pt), outset: (y: 1pt), radius: 1pt,
    text(size: 0.7em, fill: soft-colour, it.lang))
}

#set document(title: report.plain-title)
#set text(lang: report.lang, dir: if report.rtl { rtl } else { ltr }, font: report.fonts, fallback: true,
  size: if report.dense { 9pt } else { 10pt },
  hyphenate: false, top-edge: 0.9em, bottom-edge: -0.3em)
#set par(leading: if report.rtl { 0.35em } else { 0.2em },
  spacing: room * if report.rtl { 0.7em } else { 0.55em })
#set page(
  paper: "a4", flipped: report.across,
  margin: if report.dense { (x: 20mm, top: 15mm, bottom: 16mm) } else { (x: 20mm, top: 24mm, bottom: 22mm) },
  header: context if counter(page).get().first() > 1 {
    set text(size: 8pt, fill: soft-colour)
    say(report.title)
    block(above: 3pt, below: 0pt, line(length: 100%, stroke: 0.4pt + rule-colour))
  },
  footer: context {
    set text(size: 8pt, fill: soft-colour)
    block(above: 0pt, below: 4pt, line(length: 100%, stroke: 0.4pt + rule-colour))
    grid(columns: (1fr, auto), column-gutter: 1em,
      report.foot.join([ · ], default: []),
      box(text(dir: ltr)[\u{200e}#counter(page).display() / #counter(page).final().first()\u{200e}]))
  },
)
#set heading(numbering: "1.1")
#show heading: it => {
  let size = if report.dense { 11.5pt } else if it.level == 1 { 14pt } else if it.level == 2 { 12pt } else { 10.5pt }
  set text(fill: strong-colour, size: size)
  block(above: if it.level == 1 { 1.5em * room } else { 1.2em * room }, below: 0.7em * room, sticky: true, it)
}
#set list(marker: [•], spacing: 0.7em * room)
#set table(stroke: none, inset: (x: 4pt, y: if report.dense { 1.2pt } else { 2.5pt }))
#show table.cell.where(y: 0): set text(weight: "bold")

#let bars(all) = grid(
  columns: (2fr, 2.4fr, auto, 2fr), column-gutter: 8pt, row-gutter: 5pt,
  align: (start + horizon, start + horizon, right + horizon, start + horizon),
  ..all.map(bar => (
    say(bar.label),
    block(width: 100%, height: 7pt, fill: rest-colour,
      place(start, block(width: bar.filled * 1%, height: 7pt, fill: fill-colour))),
    bar.share,
    text(fill: soft-colour, say(bar.note)),
  )).flatten(),
)

#let moments(all) = grid(
  columns: (auto, auto, 1fr), column-gutter: 8pt, row-gutter: 8pt,
  ..all.map(one => (
    box(baseline: -0.5pt,
      circle(radius: 2.6pt, fill: if one.ahead { white } else { fill-colour }, stroke: 1pt + fill-colour)),
    text(weight: "bold", one.day),
    say(one.label),
  )).flatten(),
)

#let rows(it) = it.map(row => row.map(say)).flatten()

#let one-table(it) = {
  set text(size: if it.small or report.dense { 8pt } else { 9pt })
  show table.cell: set par(leading: if report.rtl { 0.2em } else { 0.05em })
  if it.title != none { block(below: 0.6em, sticky: true, text(weight: "bold", say(it.title))) }
  table(
    columns: it.columns.map(column => if column.part > 0 { column.part * 1fr } else { auto }),
    align: it.columns.map(column => if column.figure { right } else { start }),
    fill: (_, y) => if y == 0 { band-colour },
    table.header(..it.heads.map(say)),
    table.hline(stroke: 0.9pt + rule-colour),
    ..it.rows.map(row => (row.map(say), table.hline(stroke: 0.3pt + rule-colour))).flatten(),
    ..if it.totals.len() > 0 { (table.hline(stroke: 0.9pt),) },
    ..it.totals.map(row => row.map(one => table.cell(text(weight: "bold", say(one))))).flatten(),
  )
}

#let title-size = if report.dense { 16pt } else { 20pt }
#block(below: 0.5em, text(size: title-size, weight: "bold", fill: strong-colour, say(report.title)))
#for one in report.lines { par(text(fill: soft-colour, say(one))) }
#if report.contents {
  outline(title: text(size: 12pt, fill: strong-colour, report.contents-title), depth: 2, indent: 1.2em)
}

#let body(part) = {
  heading(level: part.level, say(part.heading))
  for one in part.lines { block(sticky: part.goes-on, say(one)) }
  if part.items.len() > 0 { list(..part.items.map(say)) }
  if part.bars.len() > 0 { bars(part.bars) }
  if part.moments.len() > 0 { moments(part.moments) }
  if part.table != none { block(width: 100%, breakable: not part.table.short, one-table(part.table)) }
}

#for part in report.sections { body(part) }
"""
