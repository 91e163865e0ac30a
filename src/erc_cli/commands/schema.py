"""`erc schema`: JSON Schemas of the record types, and the setting by which editors know which files each is for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.records.json_schema import json_schema, models_inside
from erc_cli.core.records.kinds import model_of
from erc_cli.errors import NotFoundError
from erc_cli.store.field_docs import field_docs

TYPES = (*SINGLE, *FOLDERS)
"""The record types that have a schema."""


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of a record type, called by its folder or by its noun. Raises NotFoundError."""
    nouns = {folder: folder for folder in TYPES}
    nouns.update({folder.removesuffix("s"): folder for folder in TYPES})
    nouns["activity"] = "activities"
    folder = nouns.get(name)
    if folder is None:
        near = get_close_matches(name, nouns, 1)
        tail = f": did you mean {near[0]}?" if near else f" (there are {', '.join(TYPES)})"
        raise NotFoundError(f"there is no record type {name}{tail}")
    model = model_of(folder)
    return json_schema(model, {one: field_docs(one) for one in models_inside(model)})


def editor_settings(folder: str = "schemas") -> dict[str, Any]:
    """Return the settings of an editor that reads YAML: schema file below `folder` to the files it is for."""
    files = {name: f"data/{name}.yaml" if name in SINGLE else f"data/{name}/*.yaml" for name in TYPES}
    return {"yaml.schemas": {f"./{folder}/{name}.json": pattern for name, pattern in files.items()}}
