"""The command line as a whole: commands loaded on demand, exceptions turned into text and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from erc_cli.cli.names import COMMANDS, SECTIONS
from erc_cli.cli.outcome import run_guarded, say_error
from erc_cli.errors import UsageError

_WITH_VALUE = {"-C", "--root", "--lang", "--format", "-o", "--output", "--color", "--on", "--at"}
"""Options that every command has and that may stand before the verb as well."""


class _LazyGroup(TyperGroup):
    """The first level: the names are known, a module is imported when its command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = COMMANDS.get(cmd_name)
        if command is None:
            return None
        module = import_module(f"erc_cli.cli.{command.module}")
        found = typer.main.get_command(module.app)
        found.name = cmd_name
        return found

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, 1)
            tail = f": did you mean `erc {near[0]}`?" if near else "; `erc --help` lists them"
            raise UsageError(f"there is no command {name}{tail}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, command.help) for name, command in commands.items()])


_app = typer.Typer(
    cls=_LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@_app.callback(
    epilog="Every command explains itself with --help. --root, --lang, --format and -o may stand before the command."
)
def _erc() -> None:
    """Keep the register of an external-relations directorate: agreements, projects and money as plain files."""


def run(words: Sequence[str]) -> int:
    """Run `erc` with these words and return its exit code."""
    return run_guarded(lambda: _run(list(words)))


def _run(words: list[str]) -> int:
    try:
        result = _app(args=_common_options_last(words), prog_name="erc", standalone_mode=False)
    except typer.Abort:
        sys.stderr.write("\n" if sys.stdin.isatty() else "")  # the cursor stands behind a question
        say_error("nothing was done")
        return 130
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(error.format_message() + "\n")
            return 2
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "erc"
        say_error(f"{error.format_message()}\n`{path} --help` tells what it takes")
        return 2
    return result if isinstance(result, int) else 0


def _common_options_last(words: list[str]) -> list[str]:
    """Move the common options that stand before the verb behind its words, where the verb's own parser sees them."""
    moved: list[str] = []
    at = 0
    while at < len(words) and words[at].startswith("-"):
        name = words[at].split("=", 1)[0]
        if name not in _WITH_VALUE:
            break
        step = 1 if "=" in words[at] else 2
        moved += words[at : at + step]
        at += step
    rest = words[at:]
    end = rest.index("--") if "--" in rest else len(rest)
    return [*rest[:end], *moved, *rest[end:]] if rest else [*moved]
