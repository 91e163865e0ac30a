"""`erc activity`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import Asking, list_and_print
from erc_cli.cli.nouns import Fields, On, Sort, Where, noun
from erc_cli.cli.reading import Reading

_Year = Annotated[str, typer.Option("--year", metavar="YEAR", help="That begin in that year, as scheduled now.")]
_Area = Annotated[str, typer.Option("--area", metavar="ID", help="Of that area.")]
_Partner = Annotated[str, typer.Option("--partner", metavar="ID", help="With that partner.")]
_Country = Annotated[str, typer.Option("--country", metavar="CODE", help="For that country: so.")]
_Late = Annotated[bool, typer.Option("--late", help="Later than planned, the latest first.")]


def _list(
    reading: Reading,
    year: _Year = "",
    area: _Area = "",
    partner: _Partner = "",
    country: _Country = "",
    late: _Late = False,
    fields: Fields = "",
    where: Where = None,
    sort: Sort = "",
    on: On = "",
) -> int:
    asked = {"year": year, "area": area, "partners": partner, "countries": country}
    conditions = [*(where or ()), *(f"{name}={value}" for name, value in asked.items() if value)]
    if late:
        conditions.append("slip.gt=0")
        fields = fields or "id,slip,state,starts,title"
    return list_and_print(
        reading, "activities", Asking(fields, tuple(conditions), sort or ("-slip" if late else "id"), on)
    )


app = noun("activities", "activity", "activities", _list)
