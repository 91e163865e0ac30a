"""A small report with one of everything, and a hostile one, for the tests of the formats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from erc_cli.core.periods import PartialDate
from erc_cli.core.reports.report import Bar, Foot, Moment, Report, Section
from erc_cli.core.tables import Before, Column, Table
from erc_cli.core.text import Foreign

COLUMNS = (
    Column("project", "Project", "id"),
    Column("title", "Title"),
    Column("on", "On", "date"),
    Column("year", "Year", "year"),
    Column("amount", "Amount", "amount"),
    Column("share", "Share", "percent"),
    Column("done", "Done", "flag"),
)

MONEY = Table(
    COLUMNS,
    (
        ("strategic", "Forum 2019-2021", date(2019, 1, 31), 2019, Decimal("766444.00"), Decimal("62.5"), True),
        ("civil", Foreign("منتدى 2019-2021", "ar"), PartialDate(2019, 3, 0), 2020, Decimal("766444.00"), None, False),
        ("old", None, Before("2015-01-01"), None, Decimal("-0.50"), Decimal("100"), None),
    ),
    title="Programme money",
    totals=(("Total", None, None, None, Decimal("1532887.50"), None, None),),
)

SMALL = Report(
    "Budget & plan",
    ("As approved.", "Amounts in USD."),
    (
        Section("Money", ("All of it.",), bars=(Bar("Spent", Decimal("1"), Decimal("3"), "1.00 of 3.00"),)),
        Section("By project", level=2, table=MONEY),
        Section(
            "What came and comes",
            items=("First point", Foreign("Un deuxième", "fr")),
            moments=(Moment(date(2019, 1, 31), "Signed"), Moment(date(2021, 12, 31), "Ends", ahead=True)),
        ),
    ),
    name="budget",
    foot=Foot("1a2b3c4", date(2019, 6, 30), 0, 1, 2),
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style></title><b>x</b>",
    "javascript:alert(1)",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1",
    "-2+3",
    "\tt",
    "{=1}",
    "https://example.org/x",
    "mailto:a@b.c",
    '#import "x.typ"',
    '#eval("1")',
    '#read("/etc/passwd")',
    "$x$ *b* _i_ `c` = h",
    '"); panic("x',
    "\\u{41} \\",
    "{{ 7*7 }} {% x %}",
    "MERGEFIELD x",
    "&amp; &lt; &#x41;",
    "]]> <![CDATA[",
    "[a](b) ![i](j) @me #1",
    "[oic] [/b] :warning:",
    "::error::x",
    "##[error]x",
    "a\x1b[31mb",
    "a\x9bb",
    "a\u202eb",
    "a\u2066b",
    "a\u200bb",
    "a\x00b",
    "a\x07b",
    "a\nb\rc",
    "a\ufffeb",
    "a\ud800b",
    "a\U000e0041b",
    "x" * 300,
)


def hostile(payload: str) -> Report:
    """A report with one payload wherever data can stand."""
    table = Table(
        (Column("a", "A"), Column("b", "B", "id"), Column("c", "C", "word"), Column("n", "N", "amount")),
        ((payload, payload, payload, Decimal("1.00")), ((payload, payload), payload, payload, Decimal("2.00"))),
        title=payload,
        labels={payload: payload},
        totals=((payload, None, None, Decimal("3.00")),),
    )
    one, whole = Decimal(1), Decimal(2)
    section = Section(
        payload,
        (payload,),
        (Bar(payload, one, whole, payload),),
        (Moment(date(2020, 1, 1), payload),),
        table,
        (payload,),
    )
    return Report(
        payload, (payload,), (section, section._replace(level=2)), "hostile", Foot(payload, date(2020, 1, 1), 0, 0, 0)
    )
