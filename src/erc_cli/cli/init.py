"""`erc init`."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.reading import say
from erc_cli.errors import UsageError

app = new_app()

_Folder = Annotated[str, typer.Argument(metavar="DIR", help="Where the register is to be.")]
_Organisation = Annotated[str, typer.Option("--organisation", metavar="ID", help="Id of the own organisation.")]
_Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Its name, in the first language.")]
_Languages = Annotated[str, typer.Option("--languages", metavar="CODES", help="Languages of names and titles.")]
_Currency = Annotated[str, typer.Option("--currency", metavar="CODE", help="Currency of the plan: ISO 4217.")]
_Start = Annotated[str, typer.Option("--start", metavar="DATE", help="First day of the plan; else of this year.")]
_Source = Annotated[
    str, typer.Option("--tool-source", metavar="SOURCE", help="Where CI installs erc from; writes its workflows.")
]
_End = Annotated[str, typer.Option("--end", metavar="DATE", help="Its last day; else three years later.")]


@app.command()
def init(
    folder: _Folder,
    organisation: _Organisation = "our-organisation",
    name: _Name = "",
    languages: _Languages = "en,fr,ar",
    currency: _Currency = "USD",
    start: _Start = "",
    end: _End = "",
    tool_source: _Source = "",
) -> None:
    """Make a new, valid, empty register, with schemas for editors. Files that are there stay as they are.

    With --tool-source, what pip installs erc from (erc-cli @ git+https://...@v1), also workflows for GitHub and GitLab.

    Exit code 5: there is a register already, or the folder cannot be written.
    """
    from erc_cli.commands.init import make_repository, usual_period
    from erc_cli.commands.schema import TYPES, schema_of

    first, last = usual_period(date.today())  # noqa: DTZ011 - the local day is what people mean
    if start:
        first, last = _day("--start", start), date(_day("--start", start).year + 2, 12, 31)
    from erc_cli.store.templates import host_files

    made = make_repository(
        folder,
        period=(first, _day("--end", end) if end else last),
        organisation=organisation,
        name=name or None,
        languages=[code.strip() for code in languages.split(",") if code.strip()],
        currency=currency,
        host_files=host_files(tool_source) if tool_source else {},
        schemas={one: json.dumps(schema_of(one), ensure_ascii=False, indent=2) + "\n" for one in TYPES},
    )
    for path in made.kept:
        say(f"{path} was there and stays as it is")
    say(f"{made.folder}: a register of {len(made.written)} files; begin with {made.folder}/data/plan.yaml")
    say("in a git repository `erc git-setup` adds a hook that checks before each commit")


def _day(option: str, text: str) -> date:
    from erc_cli.core.periods import NotADateError, parse_date

    try:
        return parse_date(text)
    except NotADateError as error:
        raise UsageError(f"{option} {text}: {error}") from None
