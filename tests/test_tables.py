"""Tables in every format: literal bytes, and nothing that a terminal, a spreadsheet or Markdown would act on."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from decimal import Decimal

import pytest
from tabulate import tabulate
from wcwidth import wcswidth

from erc_cli.core.periods import PartialDate
from erc_cli.core.tables import Before, Cell, Column, Table
from erc_cli.core.words import Words
from erc_cli.render import tables, terminal
from erc_cli.render.cells import for_machines, for_people, isolate
from erc_cli.render.items import as_json, as_json_lines, items_of
from erc_cli.render.layout import lay_out, wrapped
from erc_cli.render.look import Look
from erc_cli.render.plain import columns_of, plain_table
from erc_cli.render.terminal import left_out

TABLE = Table(
    (
        Column("id", "ID", "id"),
        Column("name", "Name"),
        Column("kind", "Kind", "word"),
        Column("country", "Country", "country"),
        Column("on", "On", "date"),
        Column("budget", "Budget", "amount"),
    ),
    (
        ("oic", "Organization", "joint-committee", "sa", date(2019, 1, 31), Decimal("766444.00")),
        ("isdb", "منظمة", ("donor", "prize"), None, PartialDate(2019, 3, 0), Decimal("-5.50")),
    ),
)


def shown(form: str, table: Table = TABLE, **look: object) -> str:
    return tables.render(table, form, Look(**look))  # type: ignore[arg-type]


def test_plain() -> None:
    assert shown("plain") == (
        "ID    Name          Kind             Country       On              Budget\n"
        "oic   Organization  joint committee  Saudi Arabia  2019-01-31  766,444.00\n"
        "isdb  منظمة         donor, prize                   2019-03          -5.50\n"
    )


def test_simple_and_grid() -> None:
    small = Table((Column("id", "ID", "id"), Column("n", "N", "amount")), (("a", Decimal("1532888.00")),))
    assert shown("simple", small) == "ID               N\n----  ------------\na     1,532,888.00\n"
    assert shown("grid", small) == (
        "+------+--------------+\n"
        "| ID   |            N |\n"
        "+======+==============+\n"
        "| a    | 1,532,888.00 |\n"
        "+------+--------------+\n"
    )


def test_csv_and_tsv_have_keys_and_plain_values() -> None:
    assert shown("csv") == (
        "id,name,kind,country,on,budget\n"
        "oic,Organization,joint-committee,sa,2019-01-31,766444.00\n"
        "isdb,منظمة,donor; prize,,2019-03,-5.50\n"
    )
    assert shown("tsv").splitlines()[1] == "oic\tOrganization\tjoint-committee\tsa\t2019-01-31\t766444.00"


def test_markdown_aligns_amounts() -> None:
    assert shown("md").splitlines()[:3] == [
        "| ID | Name | Kind | Country | On | Budget |",
        "| --- | --- | --- | --- | --- | --: |",
        "| oic | Organization | joint committee | Saudi Arabia | 2019-01-31 | 766,444.00 |",
    ]


def test_table_without_colour_has_no_escape() -> None:
    drawn = shown("table", width=100)
    assert "\x1b" not in drawn
    assert drawn.splitlines()[0].split() == ["ID", "Name", "Kind", "Country", "On", "Budget"]
    assert drawn.splitlines()[2].endswith("2019-01-31  766,444.00")
    assert "\x1b[1m" in shown("table", width=100, colour=True)


HOSTILE = "[oic] [/b] :warning: <b>*x*</b> @me #1 `y` | a\nb\x1b[31m\u202e&amp; ![i](j) https://x.y www.z.de"


@pytest.mark.parametrize("form", ["table", "plain", "simple", "grid", "md", "csv", "tsv"])
def test_data_is_inert(form: str) -> None:
    text = shown(form, Table((Column("name", "Name"),), ((HOSTILE,),)), width=400)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\u{1b}" in text.replace("\\\\", "\\")
    assert "a b" in text


def test_markup_is_shown_as_it_is() -> None:
    one = Table((Column("name", "Name"),), (("[oic] [/b] :warning:",),))
    assert shown("table", one).splitlines()[2] == "[oic] [/b] :warning:"


def test_markdown_has_nothing_live() -> None:
    assert tables.escape_markdown("[a](b) | <c> @d #e *f* _g_ `h` :i: https://j.k www.l.m &") == (
        "\\[a\\](b) \\| &lt;c&gt; &#64;d &#35;e \\*f\\* \\_g\\_ \\`h\\` &#58;i: https:&#47;&#47;j.k www&#46;l.m &amp;"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_is_defused(text: str) -> None:
    rows: tuple[tuple[Cell, ...], ...] = ((text, Decimal("-5.00")),)
    made = shown("csv", Table((Column("name", "Name"), Column("n", "N", "amount")), rows))
    name, amount = list(csv.reader(io.StringIO(made)))[1]
    assert name == f"'{text.strip()}"
    assert amount == "-5.00"


def test_amounts_are_never_in_exponent_form() -> None:
    amounts = [Decimal("0.00"), Decimal("999999999999999.99"), Decimal("1E+5"), Decimal("-0.01")]
    assert [for_machines(one) for one in amounts] == ["0.00", "999999999999999.99", "100000", "-0.01"]
    assert [for_people("amount", one, Words(), {}) for one in amounts] == [
        "0.00",
        "999,999,999,999,999.99",
        "100,000",
        "-0.01",
    ]


def test_ten_thousand_amounts_come_back_exactly() -> None:
    rng = random.Random(7)
    amounts = [Decimal(rng.randrange(10**17)).scaleb(-2) for _ in range(10_000)]
    table = Table((Column("n", "N", "amount"),), tuple((one,) for one in amounts))
    for form in ("csv", "tsv", "plain", "md"):
        lines = shown(form, table).splitlines()[2 if form == "md" else 1 :]
        assert [Decimal(line.strip("| ").replace(",", "")) for line in lines] == amounts
    assert [Decimal(item["n"]) for item in json.loads(as_json("x/1", items_of(table)))["items"]] == amounts


def test_own_plain_is_what_tabulate_writes() -> None:
    rng = random.Random(3)
    pool = [
        "",
        "a",
        "منظمة التعاون",
        "日本語",
        "مَرْحَبًا",
        "é e\u0301",
        "x" * 12,
        "1,234.00",
        "long heading",
        "👩‍👩‍👧 🇫🇷",
        "\u2068م\u2069",
    ]
    for _ in range(300):
        count = rng.randint(1, 5)
        heads = [rng.choice(pool[1:]) for _ in range(count)]
        rows = [[rng.choice(pool) for _ in range(count)] for _ in range(rng.randint(1, 6))]
        sides = [rng.choice(["left", "right"]) for _ in range(count)]
        expected = tabulate(rows, heads, tablefmt="plain", disable_numparse=True, colalign=sides) + "\n"
        assert plain_table(heads, rows, sides) == expected


def test_more_than_a_thousand_rows_are_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: tuple[tuple[Cell, ...], ...] = tuple((f"id-{n}", "منظمة" * (n % 5), Decimal(n)) for n in range(1001))
    table = Table((Column("id", "ID", "id"), Column("name", "Name"), Column("n", "N", "amount")), rows)
    own = shown("plain", table)
    monkeypatch.setattr(tables, "MANY", 5000)
    assert shown("plain", table) == own


def test_the_default_is_a_table_on_a_terminal_up_to_a_thousand_rows() -> None:
    assert tables.default_format(1000, True, None) == "table"
    assert tables.default_format(1001, True, None) == "plain"
    assert tables.default_format(3, False, None) == "plain"
    assert tables.default_format(3, False, "partners.CSV") == "csv"
    assert tables.default_format(3, False, "partners.txt") == "plain"


def test_an_empty_table_is_its_heading() -> None:
    empty = Table(TABLE.columns, ())
    assert shown("plain", empty).splitlines() == ["ID    Name    Kind    Country    On      Budget"]
    assert shown("csv", empty) == "id,name,kind,country,on,budget\n"
    assert as_json("erc.list/1", items_of(empty)) == '{\n  "schema": "erc.list/1",\n  "items": []\n}\n'
    assert as_json_lines(items_of(empty)) == ""


# --- on a terminal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(44, 130))
def test_ids_amounts_and_dates_are_never_cut(width: int) -> None:
    drawn = shown("table", width=width)
    for whole in ("oic", "isdb", "766,444.00", "-5.50", "2019-01-31", "2019-03"):
        assert whole in drawn
    assert all(columns_of(line) <= width for line in drawn.splitlines())


@pytest.mark.parametrize("width", [1, 10, 25, 40])
def test_where_nothing_fits_each_row_is_a_block(width: int) -> None:
    drawn = shown("table", width=width)
    assert "ID       oic\n" in drawn
    assert "Budget   766,444.00\n" in drawn
    assert "\n\nID       isdb\n" in drawn


def test_optional_columns_are_left_out_when_it_is_narrow() -> None:
    columns = (Column("id", "ID", "id"), Column("area", "Area", "id", optional=True), Column("title", "Title"))
    table = Table(columns, (("a" * 20, "b" * 20, "some words that need room to be read at all"),))
    assert left_out(table, Look(width=60)) == ["area"]
    assert left_out(table, Look(width=90)) == []
    assert "b" * 20 not in shown("table", table, width=60)
    assert "b" * 20 in shown("table", table, width=90)
    assert "b" * 20 in shown("plain", table, width=60)


def test_optional_columns_in_which_nothing_stands_are_left_out() -> None:
    columns = (Column("id", "ID", "id"), Column("who", "Who", optional=True), Column("title", "Title"))
    empty = Table(columns, (("a", None, "b"), ("c", "", "d")))
    assert shown("table", empty, width=60).splitlines()[0].split() == ["ID", "Title"]
    assert left_out(empty, Look(width=60)) == []
    assert shown("table", Table(columns, ()), width=60).splitlines()[0].split() == ["ID", "Who", "Title"]


def test_a_day_before_which_is_broken_between_its_words() -> None:
    table = Table((Column("id", "ID", "id"), Column("on", "On", "date")), (("a" * 20, Before("2019-01-01")),))
    assert shown("table", table, width=34).splitlines()[2:] == [f"{'a' * 20}  before", " " * 22 + "2019-01-01"]


def test_addresses_are_whole_where_they_are_shown_to_be_copied() -> None:
    assert wrapped("see partners/oic now", 8, whole=True) == ["see", "partners/oic", "now"]


def test_texts_are_broken_at_spaces() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("onetwothree x", 4) == ["onet", "woth", "ree", "x"]
    assert wrapped("", 4) == [""]
    assert wrapped("日本語", 4) == ["日本", "語"]


def test_arabic_is_isolated_only_on_a_terminal() -> None:
    here = shown("table", width=100, terminal=True)
    assert "\u2068منظمة\u2069" in here
    assert "\u2068oic" not in here
    for form in ("table", "plain", "simple", "grid", "md", "csv", "tsv"):
        assert "\u2068" not in shown(form, width=100)
    assert "\u2068" in shown("plain", terminal=True)
    assert "\u2068" not in shown("csv", terminal=True)
    assert isolate("oic", right_to_left=True) == "\u2068oic\u2069"
    assert isolate("", right_to_left=True) == ""


def test_isolates_take_no_columns() -> None:
    plain, isolated = (shown("table", width=100, terminal=is_one) for is_one in (False, True))
    assert [columns_of(line) for line in plain.splitlines()] == [columns_of(line) for line in isolated.splitlines()]


def test_all_columns_stay_where_the_texts_fit() -> None:
    layout = lay_out(TABLE, ["a"] * 6, [["b"] * 6], 80)
    assert layout.shown == (0, 1, 2, 3, 4, 5)
    assert layout.widths == (1, 1, 1, 1, 1, 1)


# --- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cell", "people", "machines"),
    [
        ("flag", True, "yes", "true"),
        ("number", 1234567, "1,234,567", "1234567"),
        ("year", 2023, "2023", "2023"),
        ("ref", "partners/oic", "oic", "partners/oic"),
        ("ref", ("isesco", "partners/oic"), "isesco, oic", "isesco; partners/oic"),
        ("word", "memorandum-of-understanding", "memorandum of understanding", "memorandum-of-understanding"),
        ("date", Before("2010-01-01"), "before 2010-01-01", "<2010-01-01"),
        ("country", "zz", "zz", "zz"),
        ("amount", "12,5", "12,5", "12,5"),
        ("text", None, "", ""),
    ],
)
def test_values(kind: str, cell: Cell, people: str, machines: str) -> None:
    assert for_people(kind, cell, Words(), {}) == people  # type: ignore[arg-type]
    assert for_machines(cell) == machines


def test_the_registers_own_words_have_their_labels() -> None:
    assert for_people("word", "solar", Words(), {"solar": "Solar energy"}) == "Solar energy"


def test_days_in_words() -> None:
    assert Words().day(date(2019, 1, 31)) == "31 January 2019"
    assert Words().day(PartialDate(2019, 3, 0)) == "March 2019"
    assert Words().day(PartialDate(2019, 0, 0)) == "2019"


def test_json_is_exact_and_inert() -> None:
    item = {"name": "a\u202eb\x1b\x7f\u200b منظمة \U000e0001", "on": PartialDate(2019, 1, 0), "n": Decimal("1.10")}
    text = as_json_lines([item])
    assert json.loads(text) == {"name": item["name"], "on": "2019-01", "n": "1.10"}
    assert not {"\u202e", "\x1b", "\x7f", "\u200b", "\U000e0001"} & set(text)
    assert "منظمة" in text


def test_the_quick_count_of_columns_is_that_of_the_library() -> None:
    for code in range(0x20, 0x3000):
        letter = chr(code)
        if letter.isprintable() or letter in "\u2068\u2069":
            assert columns_of(f"a{letter}b") == wcswidth(f"a{letter}b"), hex(code)


def test_without_plain_texts_a_terminal_would_read_names_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.text import Text

    one = Table((Column("name", "Name"),), (("[bold]oic[/bold]",),))
    assert "[bold]oic[/bold]" in shown("table", one)
    monkeypatch.setattr(terminal, "Text", Text.from_markup)
    assert "[bold]oic[/bold]" not in shown("table", one)
