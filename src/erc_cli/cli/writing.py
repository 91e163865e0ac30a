"""What every command that writes has in common: its options, and the way from a change to the disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from erc_cli.cli.options import COMMON, with_options
from erc_cli.cli.reading import Reading, say
from erc_cli.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from erc_cli.core.findings import Finding
    from erc_cli.core.house import House
    from erc_cli.store.draft import Draft

Make = Callable[["Draft", "House"], None]
"""What a command does to the draft of a register."""

Blame = Callable[[Sequence["Finding"]], str]
"""What a command says of errors that its change would add, where it knows better than their places in files."""


class Writing(NamedTuple):
    """What a writing command was asked about itself."""

    reading: Reading
    dry_run: bool
    no_input: bool
    yes: bool
    commit: bool
    message: str
    words: tuple[str, ...]

    @property
    def may_ask(self) -> bool:
        """Whether questions can be asked: on a terminal, unless told not to."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def carry_out(self, make: Make, hint: str = "", *, careful: bool = False, blame: Blame | None = None) -> int:
        """Make a change: the lock, the draft, the rules, the files, perhaps a commit. Returns the exit code.

        With `careful` a warning is asked about first, where questions can be asked. Raises RefusedError where the
        change would add errors, or a file changed meanwhile; nothing is written then.
        """
        from erc_cli.store.draft import Draft
        from erc_cli.store.writing import writer

        root = self.reading.root
        self._check_words(root)
        if self.dry_run:
            draft = Draft(root)
            self._prepare(draft, make, blame)
            self.show_difference(draft)
            return 0
        was_told = careful and self.may_ask and not self.yes and self._prepare(Draft(root), make, blame)
        if was_told and not self._confirm():
            raise typer.Abort
        with writer(root, self.words, tell=say) as write:
            draft = Draft(root)
            self._prepare(draft, make, blame, quiet=was_told)
            changes = draft.changes()
            for warning in write(changes):
                say(warning)
        if not changes:
            say("nothing to do: it is so already")
            return 0
        self._tell(draft, hint)
        if self.commit:
            say(f"committed as {self._committed(root, [change.path for change in changes])}")
        return 0

    def _committed(self, root: str, paths: Sequence[str]) -> str:
        from erc_cli.store.git import commit

        try:
            return commit(root, paths, self._commit_message())
        except RefusedError as error:
            raise RefusedError(f"{error}\nthe change is written, and not committed: {' '.join(paths)}") from None

    def _confirm(self) -> bool:
        from erc_cli.cli.listing import look_of, view_of

        words = look_of(self.reading, view_of(self.reading).language).words
        return typer.confirm(words("Write it all the same?"), default=True, err=True)

    def _check_words(self, root: str) -> None:
        if self.message and not self.commit:
            raise UsageError("--message is the message of a commit: give --commit as well")
        if self.commit:
            from erc_cli.store.git import require_repository

            if self.dry_run:
                raise UsageError("--commit and --dry-run: only one of them")
            require_repository(root)

    def _prepare(self, draft: Draft, make: Make, blame: Blame | None = None, *, quiet: bool = False) -> bool:
        """Make the change on the draft and have the rules look at it; whether they warn. Raises RefusedError.

        `quiet`: the warnings were shown already.
        """
        from erc_cli.commands.changing import house
        from erc_cli.commands.judging import judge
        from erc_cli.render import findings

        make(draft, house(draft))
        if not draft.changes():
            return False
        found = judge(draft)
        colour = self.reading.colour and sys.stderr.isatty()
        if found.errors.findings and blame is not None:
            raise RefusedError(blame(found.errors.findings))
        if found.errors.findings:
            sys.stderr.write(findings.text(found.errors, colour))
            count = len(found.errors.findings)
            given = {".".join((one.record, *map(str, one.field))) for one in draft.touched}
            totals = [one for one in found.errors.findings if f"{one.problem.record}.{one.field_address}" not in given]
            is_hint = len(totals) == count and "--update-totals" not in self.words
            more = _about_totals(totals) if is_hint else ""
            raise RefusedError(f"this would add {count} error{'s' * (count > 1)}: nothing was written{more}")
        count = len(found.warnings.findings)
        if count > _MANY and not quiet:
            say(findings.by_code(found.warnings))
        elif count and not quiet:
            sys.stderr.write(findings.text(found.warnings, colour))
        return bool(found.warnings.findings)

    def show_difference(self, draft: Draft) -> None:
        """Show what a draft would change."""
        from erc_cli.render.changes import difference

        changes = draft.changes()
        self.reading.write("".join(difference(*change, self.reading.colour) for change in changes))
        say("nothing was written (--dry-run)" if changes else "nothing to do: it is so already")

    def _tell(self, draft: Draft, hint: str) -> None:
        """Say what changed, with file and line, and how to look at it."""
        from erc_cli.commands.changes_made import shown_changes
        from erc_cli.render.changes import changes_text

        shown = shown_changes(draft)
        self.reading.write(changes_text(shown))
        look = hint or f"erc show {shown[0].address.split('.')[0]}"
        say(f"look at it: {look}   take it back: erc undo")

    def _commit_message(self) -> str:
        return self.message or " ".join(["erc", *(word for word in self.words if word != "--commit")])


_MANY = 20
"""More warnings than these are counted by their codes only."""


def _about_totals(findings: Sequence[Finding]) -> str:
    """What helps where nothing is wrong but totals that are written beside their parts."""
    is_all = all(finding.code in _CLAIMS for finding in findings)
    return "\nwith --update-totals the totals change as well, and are shown" if is_all else ""


_CLAIMS = frozenset({"BUD001", "BUD002", "BUD003", "BUD004", "BUD005", "BUD021", "BUD022"})

_OWN: dict[str, tuple[Any, Any]] = {
    "dry_run": (Annotated[bool, typer.Option("--dry-run", "-n", help="Show the difference, write nothing.")], False),
    "no_input": (Annotated[bool, typer.Option("--no-input", help="Never ask anything.")], False),
    "yes": (Annotated[bool, typer.Option("--yes", "-y", help="Answer yes to every question.")], False),
    "commit": (Annotated[bool, typer.Option("--commit", help="Commit the changed files, and only these.")], False),
    "message": (Annotated[str, typer.Option("--message", "-m", metavar="TEXT", help="The commit's message.")], ""),
}
_READ = ("root_given", "language_given", "color")


def writes(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the options of all that write; it gets them as its first argument, a `Writing`."""

    def command(**values: Any) -> int | None:
        reading = Reading(**{name: values.pop(name) for name in _READ})
        own = {name: values.pop(name) for name in _OWN}
        return function(Writing(reading, **own, words=tuple(sys.argv[1:])), **values)

    return with_options(function, command, {**_OWN, **{name: COMMON[name] for name in _READ}})


Day = Annotated[str, typer.Option("--date", metavar="DATE", help="The day it happened; today without.")]


def day(asked: str = "", option: str = "--date") -> date:
    """Return the day of a fact; today where none is given. Raises UsageError, which names the option."""
    if not asked:
        return date.today()  # noqa: DTZ011 - the local day is what people mean
    from erc_cli.core.periods import NotADateError, parse_date
    from erc_cli.core.typed import ungrouped

    try:
        return parse_date(ungrouped(asked))
    except NotADateError as error:
        raise UsageError(f"{option} {asked}: {error}") from None


def given(**values: Any) -> dict[str, Any]:
    """Return those values that were given, underscores of their names as the file has them."""
    return {name.rstrip("_"): value for name, value in values.items() if value not in ("", None, [], ())}
