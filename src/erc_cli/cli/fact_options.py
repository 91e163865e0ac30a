"""The options that verbs of dated facts share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Id = Annotated[str, typer.Argument(metavar="ID", help="Its id or address.")]
Words = Annotated[list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="Further fields of the fact.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
Because = Annotated[
    str, typer.Option("--because", metavar="ADDRESS", help="The decision or need: meetings/ID.decisions.ID")
]
Cause = Annotated[
    str,
    typer.Option(
        "--cause",
        metavar="WORD",
        help="decision, partner-timeframe, member-state, funding, own-organisation, force-majeure.",
    ),
]
Party = Annotated[str, typer.Option("--party", metavar="ID", help="The party that does it.")]
Parties = Annotated[list[str] | None, typer.Option("--party", metavar="ID", help="A party; repeat for more.")]
Effective = Annotated[str, typer.Option("--effective", metavar="DATE", help="The first day it has effect.")]
Ends = Annotated[str, typer.Option("--ends", metavar="DATE", help="The new last day in force.")]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="WHAT", help="An address, a document's id, an https link; repeat for more."),
]
NewId = Annotated[str, typer.Option("--id", metavar="ID", help="Its id; else one is proposed.")]
Totals = Annotated[bool, typer.Option("--update-totals", help="Change the claimed totals above it as well.")]
