"""Write the pages of docs/ that are made from the program itself; with --check only tell whether they are stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from completion_table import table
from report_page import page as report_page

from erc_cli import errors
from erc_cli.cli.app import _app
from erc_cli.cli.names import SECTIONS
from erc_cli.core.importing.heading_names import HEADINGS
from erc_cli.core.records.base import Part, Record
from erc_cli.core.records.shape import fields_of, models_of
from erc_cli.core.records.types import Internal, Reads, RefTo
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.rules.catalogue import FAMILY_TITLES, RULES
from erc_cli.render.manual import markdown
from erc_cli.store.field_docs import field_docs

DOCS = Path(__file__).parent.parent / "docs"
MADE = "Made by `make docs`; edit what it is made from, not this page."


def rules() -> str:
    """The manual of all rules."""
    return markdown(RULES.values(), FAMILY_TITLES)


def exit_codes() -> str:
    """The exit codes, from the exceptions that carry them."""
    rows = [("0", "done"), ("1", "findings at or above the level, or a proof that fails")]
    for error in (errors.UsageError, errors.UnreadableError, errors.NotFoundError, errors.RefusedError):
        rows.append((str(error.exit_code), (error.__doc__ or "").strip().rstrip(".")))
    rows += [("70", "a bug in erc: please report it"), ("130", "interrupted, or a prompt was declined")]
    lines = [
        "# Exit codes",
        "",
        MADE,
        "",
        "| code | meaning |",
        "|--:|---|",
        *(f"| {code} | {words} |" for code, words in rows),
    ]
    lines += ["", "A pipe that is closed early (`erc partner list | head`) ends quietly with 0."]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The help of every command."""
    group = typer.main.get_command(_app)
    lines = ["# Commands", "", MADE, "", "`erc COMMAND --help` prints the same.", ""]
    for title, names in SECTIONS.items():
        lines += [f"## {title}", ""]
        for name in names:
            command = group.get_command(None, name)  # type: ignore[attr-defined, arg-type]
            for path, one in _with_verbs(f"erc {name}", command):
                lines += [f"### `{path}`", "", "```text", _help(path, one), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _with_verbs(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    verbs = getattr(command, "commands", None)
    if not verbs:
        yield path, command
    for name, verb in (verbs or {}).items():
        yield f"{path} {name}", verb


def _help(path: str, command: Any) -> str:
    context = command.make_context(path, [], resilient_parsing=True, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).rstrip().split("\n"))


def data_format() -> str:
    """Every field of every record, with its meaning."""
    lines = ["# The format of the data", "", MADE, "", *_INTRODUCTION, ""]
    for folder, model in RECORD_TYPES.items():
        where = f"data/{folder}.yaml" if folder in ("plan", "budget") else f"data/{folder}/ID.yaml"
        lines += [f"## {model.__name__}: `{where}`", "", (model.__doc__ or "").strip(), "", *_fields(model), ""]
    lines += ["## Parts", ""]
    for model in models_of(RECORD_TYPES):
        if not issubclass(model, Record):
            lines += [f"### {model.__name__}", "", (model.__doc__ or "").strip(), "", *_fields(model), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_INTRODUCTION = (
    "One file per record, named by its id: lower-case letters a-z, digits and single hyphens. A field that points to a",
    "record holds `folder/id`; one that points inside the record or plan already named holds the bare id there. Every",
    "value is plain text until its field gives it a type: `NO` is Norway's code, `766444.00` an exact amount. Amounts",
    "have as many places as their currency, ASCII digits, no grouping. A day is `YYYY-MM-DD`; where it is known only",
    "in part, `YYYY-MM` or `YYYY` is allowed. Texts in languages are mappings of language to text. An empty value is a",
    "finding: leave the key out.",
)


def _fields(model: type[Part]) -> Iterator[str]:
    docs = field_docs(model)
    yield "| field | | type | meaning |"
    yield "|---|---|---|---|"
    for field in fields_of(model):
        info = model.model_fields[field.name]
        need = "required" if info.is_required() else ""
        if field.name == "id" and issubclass(model, Record):
            need = ""
        internal = " Internal." if any(isinstance(mark, Internal) for mark in field.marks) else ""
        kind = _type(info.annotation, info.metadata)
        yield f"| `{field.key}` | {need} | {kind} | {docs[field.name]}{internal} |"


def _type(annotation: Any, metadata: list[Any] | None = None) -> str:
    origin = get_origin(annotation)
    marks = list(metadata or [])
    if origin is Annotated:
        inner, *found = get_args(annotation)
        return _type(inner, [*marks, *found])
    for mark in marks:
        if isinstance(mark, RefTo):
            own = [] if not mark.own else ["own organisation"]
            return "reference: " + ", ".join(
                [*(f"`{folder}/`" for folder in mark.folders), *own, *(["unit"] if mark.unit else [])]
            )
        named = _MARKS.get(type(mark).__name__)
        if named:
            return named
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(annotation))
    if origin in (Union, UnionType):
        return " or ".join(_type(choice) for choice in get_args(annotation) if choice is not type(None))
    if origin is tuple:
        return f"list of {_type(get_args(annotation)[0])}"
    if origin is dict:
        key, value = get_args(annotation)
        return f"mapping of {_type(key)} to {_type(value)}"
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _pattern(marks) or _NAMES.get(getattr(annotation, "__name__", ""), str(annotation))


def _pattern(marks: list[Any]) -> str:
    for mark in marks:
        if isinstance(mark, Reads) and mark.example:
            return f"as `{mark.example}`"
    return ""


_MARKS = {
    "Translated": "text in languages",
    "MoneyMark": "amount",
    "AddressOf": "address",
    "Inside": "id inside",
    "Evidence": "address, document id or link",
    "Vocabulary": "word of the plan's vocabulary",
}
_NAMES = {
    "str": "text",
    "bool": "`true` or `false`",
    "int": "number",
    "Decimal": "number",
    "date": "day",
    "PartialDate": "day",
}


def import_headings() -> str:
    """The headings that `erc import` knows."""
    lines = ["# Headings that `erc import` knows", "", MADE, ""]
    lines += ["Case, accents and signs do not matter; `docs/importing.md` tells the rest.", ""]
    for folder, fields in HEADINGS.items():
        lines += [f"## {folder.capitalize()}", "", "| field | headings |", "|---|---|"]
        lines += [f"| `{field}` | {names} |" for field, names in fields.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def reports() -> str:
    """What each report is for."""
    return report_page(MADE)


PAGES = {
    "rules.md": rules,
    "exit-codes.md": exit_codes,
    "commands.md": commands,
    "data-format.md": data_format,
    "../src/erc_cli/cli/completion_table.py": table,
    "import-headings.md": import_headings,
    "reports.md": reports,
}


def main() -> int:
    """Write the pages, or with --check compare them; 1 where one is not up to date."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"docs/ is not up to date: {', '.join(stale)} (make docs writes them)\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
