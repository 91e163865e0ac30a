"""The options that every reading command has, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from erc_cli.cli.reading import Reading

COMMON: dict[str, tuple[Any, Any]] = {
    "root_given": (
        Annotated[
            str | None, typer.Option("--root", "-C", metavar="DIR", help="The register; else the nearest upwards.")
        ],
        None,
    ),
    "language_given": (
        Annotated[str | None, typer.Option("--lang", metavar="en|fr|ar", help="Language of headings and names.")],
        None,
    ),
    "format": (
        Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="How the answer is written.")],
        None,
    ),
    "output": (
        Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer there.")],
        None,
    ),
    "at": (Annotated[str | None, typer.Option("--at", metavar="REV", help="As that revision of git had it.")], None),
    "color": (Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")], "auto"),
}


def reads(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the common options; it gets them as its first argument, a `Reading`."""

    def command(**values: Any) -> int | None:
        return function(Reading(**{name: values.pop(name) for name in COMMON}), **values)

    return with_options(function, command, COMMON)


def with_options(
    function: Callable[..., int | None], command: Callable[..., int | None], options: Mapping[str, tuple[Any, Any]]
) -> Callable[..., int | None]:
    """Return `command` with the parameters of `function`, but its first, and with `options` after them."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, (annotation, default) in options.items()
    ]
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    command.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]
    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__annotations__ = {}
    return command


def new_app(**settings: Any) -> typer.Typer:
    """Return an empty Typer application set up like the whole."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )
