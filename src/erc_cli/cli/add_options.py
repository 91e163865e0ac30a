"""The options of `add`, declared once for all nouns."""

from __future__ import annotations

from typing import Annotated

import typer

NewId = Annotated[str, typer.Argument(metavar="[ID]", help="Its id; one is proposed from its name without.")]
Words = Annotated[list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="Any other field of it.")]
From = Annotated[
    str, typer.Option("--from", metavar="FILE", help="Add what a YAML, JSON or CSV file holds, all or none.")
]


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(f"--{name}", metavar=metavar, help=text)
    return found


Name = Annotated[str, _option("name", "TEXT", "Its name in the plan's first language.")]
NameEn = Annotated[str, _option("name-en", "TEXT", "In English.")]
NameFr = Annotated[str, _option("name-fr", "TEXT", "In French.")]
NameAr = Annotated[str, _option("name-ar", "TEXT", "In Arabic.")]
Title = Annotated[str, _option("title", "TEXT", "Its title in the plan's first language.")]
TitleEn = Annotated[str, _option("title-en", "TEXT", "In English.")]
TitleFr = Annotated[str, _option("title-fr", "TEXT", "In French.")]
TitleAr = Annotated[str, _option("title-ar", "TEXT", "In Arabic.")]
Acronym = Annotated[str, _option("acronym", "TEXT", "Its acronym in the plan's first language.")]
Country = Annotated[str, _option("country", "CODE", "Of its seat: sa.")]
Because = Annotated[str, _option("because", "ADDRESS", "The decision or need that led to it.")]
Responsible = Annotated[str, _option("responsible", "UNIT", "The unit that looks after it.")]
Date = Annotated[str, _option("date", "DATE", "A day, month or year.")]


def texts(field: str, first: str, en: str, fr: str, ar: str) -> dict[str, str]:
    """Return the values of a text in languages by the names that `erc append` knows."""
    return {field: first, f"{field}.en": en, f"{field}.fr": fr, f"{field}.ar": ar}
