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
    from erc_cli.commands.diff import compare_trees, review_of
    from erc_cli.core.reports.diff import diff_report
    from erc_cli.core.review import NO_CONTEXT
    from erc_cli.render import diffs

    form = reading.choose_format(FORMATS, diffs.format_of(reading.output))
    day, compared, context = day_of(on), compare_trees(reading.root, revisions), NO_CONTEXT
    with_effects = form == "md" if effects is None else effects
    if compared.needs_context or (with_effects and compared.pairs):
        from erc_cli.commands.diff_context import context_of

        context = context_of(compared, day, with_effects=with_effects)
    review = review_of(compared, day, context)
    if form == "json":
        from erc_cli.commands.diff_places import places_of

        reading.write(diffs.as_json(review, places_of(compared, review)))
    else:
        look = look_of(reading, view_of(reading).language)
        reading.write(diffs.RENDERERS[form](diff_report(review, look.words), look))
    return 1 if exit_code and not review.is_empty else 0


_OPTIONS = {name: option for name, option in COMMON.items() if name != "at"}

app.command("diff")(
    with_options(
        _diff,
        lambda **values: _diff(Reading(**{name: values.pop(name) for name in _OPTIONS}), **values),
        _OPTIONS,
    )
)
