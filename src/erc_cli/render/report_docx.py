"""A report as a Word file that an office can go on with: styles, numbered headings, contents, heads that repeat."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from erc_cli.core.reports.foot import foot_lines
from erc_cli.core.reports.report import Bar, Moment, Report, Section
from erc_cli.core.tables import TO_THE_RIGHT, Cell, Column, Table
from erc_cli.core.text import Foreign
from erc_cli.core.words import RIGHT_TO_LEFT, Words
from erc_cli.render.cells import for_documents, one_line, steady
from erc_cli.render.docx_parts import directed, element, field, in_order, put, same_bytes
from erc_cli.render.docx_styles import STRONG, locale_of, set_properties, set_styles
from erc_cli.render.drawing import filled, percent
from erc_cli.render.extras import library
from erc_cli.render.outline import DEEPEST, has_contents, is_short, levels
from erc_cli.render.paper import ACROSS, SHORT, letters, lies_across, shares

_FILL, _REST, _SOFT, _BAND, _RULE = "1F7A8C", "C9D3DC", "4D5866", "EEF2F5", "AAB4BE"
_ROOM_UPRIGHT, _ROOM_ACROSS = 92, 138
"""So many letters of this font fit beside one another."""

_BAR = 20
"""A bar is drawn with so many blocks."""


def report_docx(report: Report, words: Words) -> bytes:
    """Return a report as a `.docx` file. Raises UsageError where the extra is missing."""
    file = io.BytesIO()
    _Writer(report, words).document.save(file)
    return same_bytes(file.getvalue())


class _Writer:
    """Writes a report into a new document, part by part."""

    def __init__(self, report: Report, words: Words) -> None:
        self.words, self.right_to_left = words, words.is_right_to_left
        self.is_short = is_short(report.sections)
        self.gap = 0 if self.is_short else 1
        self.document = library("docx").Document()
        self.points = library("docx.shared").Pt
        self.colour = library("docx.shared").RGBColor.from_string
        set_properties(self.document, report, words)
        set_styles(self.document, words, closely=self.is_short)
        self._page(report)
        self.text(self.paragraph("Title"), report.title)
        for line in report.lines:
            self.text(self.paragraph(), line, colour=_SOFT)
        heights = levels(report.sections)
        if has_contents(report.sections):
            self._contents(report.sections, heights)
        for section, level in zip(report.sections, heights, strict=True):
            self._section(section, level)
        page = self.document.sections[0]
        for root in (self.document.element, self.document.styles.element, page.header._element, page.footer._element):
            in_order(root)

    # --- the whole -------------------------------------------------------------------------------------------

    def _page(self, report: Report) -> None:
        section = self.document.sections[0]
        millimetres = library("docx.shared").Mm
        width, height = millimetres(210), millimetres(297)
        if lies_across(report, self.words):
            section.orientation, width, height = library("docx.enum.section").WD_ORIENT.LANDSCAPE, height, width
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = millimetres(20)
        section.top_margin = section.bottom_margin = millimetres(14 if self.is_short else 22)
        section.header_distance = section.footer_distance = millimetres(6 if self.is_short else 10)
        self.letters = _ROOM_ACROSS if width > height else _ROOM_UPRIGHT
        self.room = width - 2 * millimetres(20)
        if self.right_to_left:
            section._sectPr.append(element("bidi"))
        self.text(self.directed(section.header.paragraphs[0]), report.title, colour=_SOFT)
        footer = section.footer.paragraphs[0]
        if report.foot is not None:
            self.text(self.directed(footer), " · ".join(foot_lines(report.foot, self.words)), colour=_SOFT)
            footer = section.footer.add_paragraph(style="Footer")
        footer.alignment = library("docx.enum.text").WD_ALIGN_PARAGRAPH.CENTER
        field(footer, "PAGE", "1")
        footer.add_run(" / ")
        field(footer, "NUMPAGES", "1")

    def _contents(self, sections: Sequence[Section], heights: Sequence[int]) -> None:
        """A field of contents, filled with the headings, so that it is there before anybody works it out."""
        self.text(self.paragraph(), self.words("Contents"), bold=True, colour=STRONG)
        first = self.paragraph()
        for part in ("begin", "separate"):
            first.add_run()._r.append(element("fldChar", fldCharType=part))
            if part == "begin":
                code = element("instrText")
                code.text = ' TOC \\o "1-2" \\h \\u '
                first.add_run()._r.append(code)
        paragraph, numbers = first, [0] * (DEEPEST + 1)
        for section, level in zip(sections, heights, strict=True):
            numbers[level], numbers[level + 1 :] = numbers[level] + 1, [0] * (DEEPEST - level)
            if level <= 2:
                paragraph = paragraph if paragraph is first and numbers[1:3] == [1, 0] else self.paragraph()
                paragraph.paragraph_format.left_indent = self.points(14 * (level - 1))
                paragraph.paragraph_format.space_after = self.points(1)
                number = ".".join(str(one) for one in numbers[1 : level + 1])
                self._run(paragraph, f"{number}\u2002", False, "", 0)
                self.text(paragraph, section.heading)
        paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))

    # --- its parts -------------------------------------------------------------------------------------------

    def _section(self, section: Section, level: int) -> None:
        self.text(self.paragraph(f"Heading {level}"), section.heading)
        goes_on = bool(section.items or section.bars or section.moments or section.table)
        for line in section.lines:
            paragraph = self.paragraph()
            paragraph.paragraph_format.keep_with_next = goes_on
            self.text(paragraph, line)
        for item in section.items:
            self.text(self.paragraph("List Bullet"), item)
        if section.bars:
            self._bars(section.bars)
        if section.moments:
            self._moments(section.moments)
        if section.table is not None and section.table.rows:
            if section.table.title is not None:
                caption = self.paragraph()
                caption.paragraph_format.keep_with_next = True
                self.text(caption, self.words(section.table.title), bold=True)
            self._table(section.table)

    def _bars(self, bars: Sequence[Bar]) -> None:
        table = self._grid(len(bars), (0.28, 0.29, 0.1, 0.33))
        for bar, row in zip(bars, table.rows, strict=True):
            cells = [
                cell.paragraphs[0] if at == 2 else self.directed(cell.paragraphs[0])
                for at, cell in enumerate(row.cells)
            ]
            full = int(filled(bar, _BAR))
            self.text(cells[0], bar.label)
            for text, colour in (("█" * full, _FILL), ("█" * (_BAR - full), _REST)):
                self.text(cells[1], text, colour=colour, size=8)
            self.figure(row.cells[2], percent(bar, self.words))
            self.text(cells[3], bar.note, colour=_SOFT)
        self._after_table()

    def _moments(self, moments: Sequence[Moment]) -> None:
        table = self._grid(len(moments), (0.05, 0.2, 0.75))
        for moment, row in zip(moments, table.rows, strict=True):
            cells = [self.directed(cell.paragraphs[0]) for cell in row.cells]
            self.text(cells[0], "○" if moment.ahead else "●", colour=_FILL)
            self.text(cells[1], self.words.day(moment.on), bold=True)
            self.text(cells[2], moment.label)
        self._after_table()

    def _table(self, table: Table) -> None:
        rows = (*table.rows, *table.totals)
        made = self._grid(len(rows) + 1, shares(table, self.words, self.letters))
        size = 7.5 if sum(letters(table, self.words)) > ACROSS else 8.0 if self.is_short else 9.0
        head, *others = made.rows
        put(head._tr.get_or_add_trPr(), element("tblHeader"))
        for column, cell in zip(table.columns, head.cells, strict=True):
            self._edge(cell, "bottom", _RULE, 12)
            put(cell._tc.get_or_add_tcPr(), element("shd", val="clear", color="auto", fill=_BAND))
            text = one_line(self.words(column.heading))
            if column.kind in TO_THE_RIGHT:
                self.figure(cell, text, bold=True, size=size)
            else:
                self.text(self.directed(cell.paragraphs[0]), text, bold=True, size=size)
        for number, (cells, row) in enumerate(zip(rows, others, strict=True)):
            is_total = number >= len(table.rows)
            for column, cell, place in zip(table.columns, cells, row.cells, strict=True):
                self._edge(place, "top", "1B2430" if number == len(table.rows) else _RULE, 8 if is_total else 4)
                self._cell(place, column, cell, table, size=size, bold=is_total)
        for row in made.rows[:-1] if len(rows) <= SHORT else ():
            for place in row.cells:
                place.paragraphs[0].paragraph_format.keep_with_next = True
        self._after_table()

    def _cell(self, place: Any, column: Column, cell: Cell, table: Table, *, size: float, bold: bool) -> None:
        shown = for_documents(column.kind, cell, self.words, table.labels)
        if column.kind in TO_THE_RIGHT and not isinstance(cell, str):
            self.figure(place, shown, size=size, bold=bold)
            return
        if column.kind == "date":
            shown = shown.replace(" ", "\u00a0")
        text = cell if isinstance(cell, Foreign) and column.kind == "text" else shown
        self.text(self.directed(place.paragraphs[0]), text, size=size, bold=bold)

    # --- what they are made of -------------------------------------------------------------------------------

    def paragraph(self, style: str | None = None) -> Any:
        """A new paragraph that runs as the language does."""
        return self.directed(self.document.add_paragraph(style=style))

    def directed(self, paragraph: Any) -> Any:
        """The paragraph, which runs as the language does."""
        if self.right_to_left:
            put(paragraph._p.get_or_add_pPr(), element("bidi"))
        return paragraph

    def text(self, paragraph: Any, text: str, *, bold: bool = False, colour: str = "", size: float = 0) -> None:
        """Add a text, in runs that each go one way; one in another language says so."""
        is_foreign = isinstance(text, Foreign)
        language = text.language if isinstance(text, Foreign) else self.words.language
        shown = steady(one_line(text)) if self.right_to_left else one_line(text)
        for piece, from_right in directed(shown, right_to_left=self.right_to_left or language in RIGHT_TO_LEFT):
            run = self._run(paragraph, piece, bold, colour, size)
            if from_right:
                put(run._r.get_or_add_rPr(), element("rtl"))
            if is_foreign:
                put(run._r.get_or_add_rPr(), element("lang", **locale_of(language)))
        if is_foreign:
            self._run(paragraph, f" [{language}]", False, _SOFT, (size or 10) * 0.75)

    def _run(self, paragraph: Any, text: str, bold: bool, colour: str, size: float) -> Any:
        run = paragraph.add_run(text)
        if bold:
            run.font.bold = run.font.cs_bold = True
        if colour:
            run.font.color.rgb = self.colour(colour)
        if size:
            run.font.size = self.points(size)
            put(run._r.get_or_add_rPr(), element("szCs", val=str(int(size * 2))))
        return run

    def figure(self, cell: Any, text: str, *, bold: bool = False, size: float = 0) -> None:
        """Write a figure to the right of its cell, the same in every language, so that points stand below points."""
        paragraph = cell.paragraphs[0]
        paragraph.alignment = library("docx.enum.text").WD_ALIGN_PARAGRAPH.RIGHT
        for piece, from_right in directed(text, right_to_left=self.right_to_left):
            run = self._run(paragraph, piece, bold, "", size)
            if from_right:
                put(run._r.get_or_add_rPr(), element("rtl"))

    def _grid(self, rows: int, widths: Sequence[float]) -> Any:
        """A table without lines whose columns have these parts of the width."""
        table = self.document.add_table(rows, len(widths))
        table.autofit = False
        if self.right_to_left:
            table._tbl.tblPr.append(element("bidiVisual"))
        for at, width in enumerate(widths):
            table.columns[at].width = int(self.room * width)
        for row in table.rows:
            put(row._tr.get_or_add_trPr(), element("cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = int(self.room * width)
                cell.paragraphs[0].paragraph_format.space_after = self.points(self.gap)
                cell.paragraphs[0].paragraph_format.space_before = self.points(self.gap)
        return table

    def _edge(self, cell: Any, side: str, colour: str, eighths: int) -> None:
        properties = cell._tc.get_or_add_tcPr()
        edges = element("tcBorders")
        edges.append(element(side, val="single", sz=str(eighths), space="0", color=colour))
        put(properties, edges)

    def _after_table(self) -> None:
        """Two tables that touch would become one."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = self.points(0)
        paragraph.paragraph_format.line_spacing = self.points(3 if self.is_short else 6)
