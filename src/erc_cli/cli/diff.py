"""`erc diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, view_of
from erc_cli.cli.options import COMMON, new_app, with_options
from erc_cli.cli.reading import Reading

app = new_app()

FORMATS = ("text", "md", "json", "html")

_Revisions = Annotated[
    str, typer.Argument(metavar="[A[..B]|A...B]", help="Two revisions; one and the files as they are; HEAD without.")
]
_On = Annotated[str, typer.Option("--on", metavar="DATE", help="Statuses are those of that day; today without.")]
_Effects = Annotated[bool | None, typer.Option("--effects/--no-effects", help="What follows; always there in md.")]
_ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit code 1 where anything differs.")]


def _diff(
    reading: Reading, revisions: _Revisions = "", on: _On = "", effects: _Effects = None, exit_code: _ExitCode = False
) -> int:
    """Show what changed in the register's own terms: money, agreements, schedule, results, partners, wording.

    Formats: text, md (a comment for a pull request), json, html.
    """
    from erc_cli.commands.diff import diff
    from erc_cli.core.reports.diff import diff_report
    from erc_cli.render import diffs

    form = reading.choose_format(FORMATS, diffs.format_of(reading.output))
    found = diff(reading.root, revisions, day_of(on), with_effects=form == "md" if effects is None else effects)
    if form == "json":
        from erc_cli.commands.diff import places_of

        reading.write(diffs.as_json(found.review, places_of(found)))
    else:
        look = look_of(reading, view_of(reading).language)
        reading.write(diffs.RENDERERS[form](diff_report(found.review, look.words), look))
    return 1 if exit_code and not found.review.is_empty else 0


_OPTIONS = {name: option for name, option in COMMON.items() if name != "at"}

app.command("diff")(
    with_options(
        _diff,
        lambda **values: _diff(Reading(**{name: values.pop(name) for name in _OPTIONS}), **values),
        _OPTIONS,
    )
)
