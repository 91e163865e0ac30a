"""`erc partner`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.add_options import Acronym, Country, From, Name, NameAr, NameEn, NameFr, NewId, Words, texts
from erc_cli.cli.adding import Named, add_records
from erc_cli.cli.nouns import noun
from erc_cli.cli.writing import Writing, writes

app = noun("partners", "partner", "partners")

_Category = Annotated[
    str, typer.Option("--category", metavar="WORD", help="governmental, non-governmental, academic, donor, ...")
]
_Sphere = Annotated[str, typer.Option("--sphere", metavar="WORD", help="arab, islamic, international, ...")]


@app.command()
@writes
def add(
    writing: Writing,
    record_id: NewId = "",
    words: Words = None,
    name: Name = "",
    name_en: NameEn = "",
    name_fr: NameFr = "",
    name_ar: NameAr = "",
    acronym: Acronym = "",
    category: _Category = "",
    country: Country = "",
    sphere: _Sphere = "",
    from_file: From = "",
) -> int:
    """Add a partner: by options, by questions on a terminal, or many from a file.

    A warning says when it may be on file already under another name.
    """
    named: Named = {**texts("name", name, name_en, name_fr, name_ar), "acronyms": acronym}
    named |= {"category": category, "sphere": sphere, "country": country}
    return add_records(writing, "partners", record_id, words, from_file, named)
