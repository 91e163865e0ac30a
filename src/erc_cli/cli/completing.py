"""What a shell can complete: commands, options, addresses, codes, values. Reads no more than names of files.

Imports next to nothing, since it runs at every press of a key. Only names that are ids are offered: whatever else lies
in a folder, nothing of it reaches the shell.
"""

from __future__ import annotations

import os

from erc_cli.cli.completion_table import (
    COLUMNS,
    COMMANDS,
    FOLDERS,
    PARTS,
    RECORDS,
    RULES,
    SINGLE,
    TAKES,
    VERBS,
)

Offer = tuple[str, str]
"""What may stand there, and what it is."""

_LANGUAGES = ("en", "fr", "ar")
_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_FIRST = ("-C", "--root", "--version", "--help")


def offers(words: list[str], here: str, root: str | None) -> list[Offer]:
    """Return what the last of `words`, which stand behind `erc`, can become. `root` is the register asked for."""
    *before, prefix = words or [""]
    before, given = _without_root(before)
    place = _Place(here, given or root)
    if before and before[-1] in ("-C", "--root"):
        return []
    if not before:
        known = [*COMMANDS.items(), *((word, "") for word in _FIRST if prefix.startswith("-"))]
        return _beginning(known, prefix)
    name, rest = before[0], before[1:]
    if name in VERBS:
        if not rest:
            return _beginning(VERBS[name].items(), prefix)
        name, rest = f"{name} {rest[0]}", rest[1:]
    if name not in TAKES:
        return []
    arguments, options = TAKES[name]
    return _beginning(((word, "") for word in _values(arguments, options, rest, prefix, place)), prefix)


def _without_root(words: list[str]) -> tuple[list[str], str | None]:
    if len(words) > 1 and words[0] in ("-C", "--root"):
        return words[2:], words[1]
    return words, None


def _beginning(found: object, prefix: str) -> list[Offer]:
    return [(word, about) for word, about in found if word.startswith(prefix)]  # type: ignore[attr-defined]


def _values(arguments: str, options: str, rest: list[str], prefix: str, place: _Place) -> list[str]:
    kinds = _options(options)
    waiting, count = "", 0
    for word in rest:
        if waiting:
            waiting = ""
        elif word.startswith("-") and len(word) > 1:
            waiting = kinds.get(word, "") if "=" not in word else ""
        else:
            count += 1
    if waiting:
        return place.of(waiting, prefix)
    if prefix.startswith("-"):
        option, equals, value = prefix.partition("=")
        if equals:
            return [f"{option}={one}" for one in place.of(kinds.get(option, "-"), value)]
        return [*kinds]
    wanted = arguments.split()
    if not wanted:
        return []
    kind = wanted[min(count, len(wanted) - 1)]
    if count >= len(wanted) and not kind.endswith("+"):
        return []
    return place.of(kind.removesuffix("+"), prefix)


def _options(spec: str) -> dict[str, str]:
    """Each name of an option: what its value is, empty where it takes none."""
    found = {}
    for one in spec.split():
        names, _, kind = one.partition("=")
        for name in names.removesuffix("+").split(","):
            found[name] = kind
    return found


class _Place:
    """Where the register is: its file names are the only thing that is read."""

    def __init__(self, here: str, root: str | None) -> None:
        folder = os.path.abspath(os.path.join(here, root or ""))
        while root is None and not os.path.lexists(os.path.join(folder, "data", "budget.yaml")):
            above = os.path.dirname(folder)
            if above == folder:
                break
            folder = above
        self._data = os.path.join(folder, "data")

    def _ids(self, folder: str) -> list[str]:
        try:
            names = os.listdir(os.path.join(self._data, folder))
        except OSError:
            return []
        return sorted(name[:-5] for name in names if name.endswith(".yaml") and _SLUG.issuperset(name[:-5]))

    def of(self, kind: str, prefix: str) -> list[str]:
        """Return the values of a kind that `prefix` may become; nothing for what only people know."""
        if not kind.startswith("@"):
            return kind.split("|") if "|" in kind and "[" not in kind else []
        what, _, about = kind[1:].partition(":")
        match what:
            case "codes" | "codes,":
                return _in_list(prefix, RULES.split())
            case "id" | "ref":
                return [one for folder in about.split(",") for one in self._ids(folder)]
            case "inside":
                return self._inside(about, prefix)
            case "address" | "record" | "field" | "list":
                return self._addresses(prefix)
            case "assign":
                return self._assignments(prefix)
            case "fields" | "where":
                return self._fields(about, prefix)
            case "columns" | "sort":
                return _in_list(prefix, COLUMNS.get(about, "").split())
        return []

    def _inside(self, folder: str, prefix: str) -> list[str]:
        record, dot, _ = prefix.partition(".")
        if not dot:
            return self._ids(folder)
        return [one.removeprefix(f"{folder}/") for one in self._addresses(f"{folder}/{prefix}") if record]

    def _addresses(self, prefix: str) -> list[str]:
        record, *steps = prefix.split(".")
        folder, slash, _ = record.partition("/")
        if steps:
            model = RECORDS.get(folder, "")
            way = ".".join([record, *steps[:-1]])
            return [f"{way}.{name}" for name in _fields_at(model, steps[:-1])]
        if slash:
            return [f"{folder}/{one}" for one in self._ids(folder)] if folder in FOLDERS else []
        return [*(f"{one}/" for one in FOLDERS), *SINGLE]

    def _assignments(self, prefix: str) -> list[str]:
        address, equals, _ = prefix.partition("=")
        if not equals:
            return self._addresses(prefix)
        record, *steps = address.split(".")
        model = _model_at(RECORDS.get(record.partition("/")[0], ""), steps[:-1])
        return [f"{address}={one}" for one in self._words(model, steps[-1] if steps else "")]

    def _fields(self, folder: str, prefix: str) -> list[str]:
        name, equals, _ = prefix.partition("=")
        model = RECORDS.get(folder, "")
        if equals:
            return [f"{name}={one}" for one in self._words(model, name)]
        return [f"{key}=" for key, _ in _parts(model)]

    def _words(self, model: str, name: str) -> list[str]:
        """The values of a field: words of its vocabulary, or the records that it may refer to."""
        held = dict(_parts(model)).get(name, "")
        if held.startswith("="):
            return held[1:].split("|")
        folders = held[1:].split(",") if held.startswith("@") else []
        return [f"{folder}/{one}" for folder in folders for one in self._ids(folder)]


def _in_list(prefix: str, known: list[str]) -> list[str]:
    """What the last of several words with commas between them can become."""
    start = prefix[: prefix.rfind(",") + 1]
    return [start + one for one in known]


def _parts(model: str) -> list[tuple[str, str]]:
    """The fields of a part of a record: each name, and what it holds as the table has it."""
    found = []
    for one in PARTS.get(model, "").split():
        at = next((n for n, sign in enumerate(one) if sign in "=@>*:+"), len(one))
        found.append((one[:at], one[at:]))
    return found


def _model_at(model: str, steps: list[str]) -> str:
    """The part of a record that some steps lead to; empty where they lead to none."""
    rest = list(steps)
    while rest and model:
        held = dict(_parts(model)).get(rest.pop(0), "")
        model = held[1:] if held[:1] in (">", "*") else ""
        if held.startswith("*") and rest:
            rest.pop(0)  # the key of an item
    return model


def _fields_at(model: str, steps: list[str]) -> list[str]:
    *above, last = ["", *steps]
    if steps:
        held = dict(_parts(_model_at(model, above[1:]))).get(last, "")
        if held == ":":
            return [*_LANGUAGES]
        if held.startswith("*"):
            return []  # the keys of items stand in the file, which is not read
    return [key for key, _ in _parts(_model_at(model, steps))]


def answer(words: list[str]) -> str:
    """Return what a shell asked for, a line each: its name, the word as it cuts it, and the line up to the cursor."""
    shell, current, line = (*words, "", "", "")[:3]
    typed = split(line)[1:]
    last = typed[-1] if typed else ""
    # bash begins a word behind each `=` and `:`, and wants only what stands in that word.
    cut = len(last) - len(current) if shell == "bash" and current not in ("=", ":") else 0
    cut = len(last) if shell == "bash" and current in ("=", ":") else max(cut, 0)
    found = offers(typed, os.getcwd(), os.environ.get("ERC_ROOT") or None)
    end = "\t{}" if shell == "fish" else ""
    return "".join(f"{word[cut:]}{end.format(about) if about else ''}\n" for word, about in found)


def split(line: str) -> list[str]:
    """Return the words of a line as typed so far; the last one is empty behind a space. Quotes hold words together."""
    words, quote = [""], ""
    for character in line:
        if quote:
            quote = "" if character == quote else quote
            words[-1] += "" if not quote else character
        elif character in "'\"":
            quote = character
        elif character == " ":
            if words[-1] or len(words) == 1:
                words.append("")
        else:
            words[-1] += character
    return words
