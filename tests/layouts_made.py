"""Plain data written as YAML in layouts nobody thought of, and read by a parser that the program does not read by."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from edits_made import data_by_ruamel
from erc_cli.store.edit_scalar import double_quoted, in_flow, single_quoted


class Writer:
    """Writes data as YAML, each part in a way that chance chooses, with comments and blank lines between."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.comments = 0

    def document(self, data: dict[str, Any]) -> bytes:
        lines = ["---"] if self.chance.random() < 0.1 else []
        self.block(data, 0, lines)
        end = self.chance.choice(["\n"] * 5 + ["\r\n"])
        text = end.join(lines) + (end if self.chance.random() < 0.9 else "")
        return (("\ufeff" if self.chance.random() < 0.1 else "") + text).encode()

    def block(self, data: Any, column: int, lines: list[str]) -> None:
        for at, step in enumerate(data if isinstance(data, dict) else range(len(data))):
            self.between(column, lines)
            value = data[step]
            start = " " * column + (f"{self.scalar(step, is_key=True)}:" if isinstance(data, dict) else "-")
            if isinstance(value, str):
                self.text(start, value, column, lines)
            elif self.chance.random() < 0.3:
                lines.append(f"{start} {self.flow(value)}{self.note()}")
            elif isinstance(data, list) and self.chance.random() < 0.6:
                inner: list[str] = []
                self.block(value, column + 2, inner)
                first = next(i for i, line in enumerate(inner) if line.strip() and line.lstrip()[0] != "#")
                lines.append(start + " " + inner[first][column + 2 :])
                lines += inner[first + 1 :]
            else:
                lines.append(start + self.note())
                least = 0 if isinstance(value, list) and isinstance(data, dict) else 1
                self.block(value, column + self.chance.choice([least * 2, 2, 4, 3]), lines)
            assert at >= 0

    def between(self, column: int, lines: list[str]) -> None:
        kind = self.chance.random()
        if kind < 0.08:
            lines.append("")
        elif kind < 0.16:
            lines.append(" " * column + self.comment())

    def note(self) -> str:
        return f"  {self.comment()}" if self.chance.random() < 0.15 else self.chance.choice(["", "", "", " "])

    def comment(self) -> str:
        self.comments += 1
        return f"# note {self.comments}: it's 'so', [{{"

    def text(self, start: str, value: str, column: int, lines: list[str]) -> None:
        kind = self.chance.random()
        if kind < 0.15 and value[0] not in " \t\n" and "\t" not in value:
            lines.append(f"{start} |-{self.note()}")
            lines += [" " * (column + 2) + line for line in value.split("\n")]
        elif kind < 0.3 and value[0] not in " \t\n" and "\n" not in value and "\t" not in value:
            lines.append(f"{start} >-{self.note()}")
            lines += [" " * (column + 3) + line for line in value.split(" ") if line]
        else:
            lines.append(f"{start} {self.scalar(value)}{self.note()}")

    def scalar(self, value: str, *, is_key: bool = False) -> str:
        forms = [in_flow(value)] * 2 + ([value] if value.isalnum() and value != "null" else [])
        forms += [double_quoted(value)] + ([] if is_key else [single_quoted(value)])
        return self.chance.choice(forms)

    def flow(self, value: Any) -> str:
        if isinstance(value, str):
            return self.scalar(value)
        gap = self.chance.choice(["", " "])
        if isinstance(value, dict):
            return "{" + gap + ", ".join(f"{self.scalar(k)}: {self.flow(v)}" for k, v in value.items()) + gap + "}"
        return "[" + gap + ", ".join(self.flow(one) for one in value) + gap + "]"


@lru_cache(maxsize=4096)
def read_by_ruamel(content: bytes) -> Any:
    """The data of a file, all values as text; not to be changed."""
    return data_by_ruamel(content)
