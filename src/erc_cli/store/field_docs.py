"""What the fields of the models mean: the docstrings under them, read from the modules' sources when asked for."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache

from erc_cli.core.records.base import Part


def field_docs(model: type[Part]) -> Mapping[str, str]:
    """Return the docstring under every field of `model`, those it inherits included: name to text."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, Part):
            found.update(_docs_in(base.__module__).get(base.__name__, {}))
    return found


@cache
def _docs_in(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of a module's classes: class to field to text."""
    path = sys.modules[module].__file__
    if path is None:
        return {}
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    return {node.name: dict(_docs_of(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_of(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for statement, following in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)):
            continue
        text = _text_of(following)
        if text is not None:
            found.append((statement.target.id, inspect.cleandoc(text)))
    return found


def _text_of(statement: ast.stmt) -> str | None:
    """The text that a statement is, if it is nothing else."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
