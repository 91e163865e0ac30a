"""The tree of a project: objectives, areas of intervention, expected outcomes, indicators, with their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from erc_cli.core.indicator_table import Found
from erc_cli.core.inside import items_in
from erc_cli.core.listing import Row, View
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_number
from erc_cli.core.text import pick
from erc_cli.core.words import Words


class Branch(NamedTuple):
    """One line of a tree, and what hangs on it: an id where it has one, its text, what is known of it in figures."""

    mark: str
    text: str
    facts: tuple[str, ...] = ()
    inside: tuple[Branch, ...] = ()


Values = Mapping[str, Sequence[str]]
"""Short address of an indicator, `projects/p.indicators.ID`: what was measured of it, year by year."""


def values_by_year(indicator: Found, words: Words) -> list[str]:
    """Return an indicator's targets and actuals in words, one text for each year that has either."""
    texts = []
    for value in indicator.result.values:
        year, target = value.year, words.number(value.target) if value.target is not None else ""
        if value.actual is not None and target:
            share = f" ({value.share} %)" if value.share is not None else ""
            said = words("{actual} of {target} in {year}").format(
                actual=words.number(value.actual), target=target, year=year
            )
            texts.append(said + share)
        elif value.actual is not None:
            texts.append(f"{words('actual')} {year}: {words.number(value.actual)}")
        elif target:
            texts.append(f"{words('target')} {year}: {target}")
        if value.text is not None:
            texts.append(f"{words('actual')} {year}: {pick(value.text, words.language, ())}")
    return texts


def forest(rows: Sequence[Row], view: View, words: Words, values: Values) -> list[Branch]:
    """Return the trees of projects: those of the programme by number, then the off-budget ones under their fields."""
    programme = [row for row in rows if row.data.get("kind") != "off-budget"]
    programme.sort(key=lambda row: (_whole(row.data.get("number")), row.id))
    trees = [project_tree(row, view, words, values) for row in programme]
    by_field: dict[str, list[Row]] = {}
    for row in rows:
        if row.data.get("kind") == "off-budget":
            by_field.setdefault(_text(row.data.get("field")), []).append(row)
    labels = view.house.labels(view.language)
    for field, found in sorted(by_field.items()):
        title = f"{words('Off-budget projects')}: {words.value(field, labels) if field else words('no field')}"
        trees.append(Branch("", title, inside=tuple(project_tree(row, view, words, values) for row in found)))
    return trees


def project_tree(row: Row, view: View, words: Words, values: Values) -> Branch:
    """Return the tree of one project. Indicators that `values` lacks show what their file says."""
    data = row.data
    number = f"{words('Project')} {data['number']}" if isinstance(data.get("number"), str) else ""
    facts = tuple(fact for fact in (number, _money(data.get("budget"), view, words)) if fact)
    inside = [*_objectives(data, view, words), *_stated(data, view, words), *_areas(row, view, words, values)]
    return Branch(row.id, view.text(data.get("title")), facts, tuple(inside))


def _objectives(data: Mapping[str, Any], view: View, words: Words) -> Iterator[Branch]:
    found = tuple(Branch(item["id"], view.text(item.get("text"))) for item in items_in(data, "objectives"))
    if found:
        yield Branch("", words("Objectives"), inside=found)


def _stated(data: Mapping[str, Any], view: View, words: Words) -> Iterator[Branch]:
    found = tuple(
        Branch(item["id"], view.text(item.get("text")), (_figure(item, words),)) for item in items_in(data, "stated")
    )
    if found:
        yield Branch("", words("Stated in the plan"), inside=found)


def _areas(row: Row, view: View, words: Words, values: Values) -> Iterator[Branch]:
    short = f"{row.address}.indicators."
    for area in items_in(row.data, "areas"):
        outcomes = tuple(
            Branch(
                outcome["id"],
                view.text(outcome.get("title")),
                (f"{words('Outcome')} {outcome['number']}" if "number" in outcome else words("Outcome"),),
                tuple(_performance(outcome, view, words, values, short)),
            )
            for outcome in items_in(area, "outcomes")
        )
        yield Branch(area["id"], view.text(area.get("title")), (words("Area"),), outcomes)


def _performance(outcome: Mapping[str, Any], view: View, words: Words, values: Values, short: str) -> Iterator[Branch]:
    for performance in items_in(outcome, "performance_indicators"):
        measures = tuple(
            Branch(
                item["id"],
                view.text(item.get("title")),
                tuple(_measures(item, view, words, values.get(short + item["id"]))),
            )
            for item in items_in(performance, "measurement_indicators")
        )
        yield Branch(performance["id"], view.text(performance.get("title")), (), measures)


def _measures(item: Mapping[str, Any], view: View, words: Words, values: Sequence[str] | None) -> Iterator[str]:
    """What is known of a measurement: its unit, where it stood, where it should be and where it is."""
    measure, unit = _text(item.get("measure")), _text(item.get("unit"))
    yield words.value(unit) if measure == "unit" and unit else words.value(measure) if measure else "?"
    if isinstance(item.get("baseline"), dict):
        yield f"{words('baseline')} {_figure(item['baseline'], words)}"
    yield from values or ()
    for key, word in () if values is not None else (("targets", words("target")), ("actuals", words("actual"))):
        years = item.get(key)
        for year in years if isinstance(years, list) else []:
            if isinstance(year, dict):
                yield f"{word} {_text(year.get('year'))}: {_current(year, view, words)}"
    if item.get("counts"):
        yield words("counted in the register")


def _current(year: Mapping[str, Any], view: View, words: Words) -> str:
    if "text" in year and "value" not in year:
        return view.text(year["text"])
    revisions = year.get("revisions")
    last = revisions[-1] if isinstance(revisions, list) and revisions else None
    return _number(last.get("to") if isinstance(last, dict) else year.get("value"), words)


def _figure(item: Mapping[str, Any], words: Words) -> str:
    comparator = _text(item.get("comparator"))
    said = "" if comparator in ("", "exactly") else f"{words.value(comparator)} "
    return f"{said}{_number(item.get('value'), words)}"


def _number(value: Any, words: Words) -> str:
    try:
        return words.number(parse_number(_text(value)))
    except (NotPlainError, OutOfRangeError):
        return _text(value) or "?"


def _money(value: Any, view: View, words: Words) -> str:
    return f"{_number(value, words)} {view.house.currency}".strip() if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9 else 10**9


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
