"""JSON Schema of the record types, for editors: what pydantic knows, said the way YAML editors see a file."""

import re
from collections.abc import Mapping
from typing import Any

from erc_cli.core.records.base import Part, Record
from erc_cli.core.records.shape import fields_of, models_of
from erc_cli.core.words import heading_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Docs = Mapping[type[Part], Mapping[str, str]]
"""What the fields of each model mean: model to name to text."""


def models_inside(model: type[Record]) -> list[type[Part]]:
    """Return the models that a record type is made of."""
    return models_of({model.FOLDER: model})


def json_schema(model: type[Record], docs: Docs) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the files of a record type.

    It is a help while typing and lets through more than `erc check`: an amount, a year or a date may be written as a
    text or as what a YAML editor takes for a number.
    """
    drawn = model.model_json_schema()
    inner = drawn.pop("$defs", {})
    models = {one.__name__: one for one in models_inside(model)}
    found = _object(drawn, model, docs)
    found["required"] = [key for key in drawn.get("required", []) if key != "id"]
    if not found["required"]:
        del found["required"]
    definitions = {
        name: _object(schema, models[name], docs) for name, schema in sorted(inner.items()) if name in models
    }
    return {"$schema": DIALECT, **found, **({"$defs": definitions} if definitions else {})}


def _object(schema: Mapping[str, Any], model: type[Part], docs: Docs) -> dict[str, Any]:
    properties = {}
    for field in fields_of(model):
        found = _tidy(schema["properties"][field.key])
        found.pop("title", None)
        described = {"title": heading_of(field.key)}
        if text := docs.get(model, {}).get(field.name):
            described["description"] = text
        properties[field.key] = {**described, **found}
    made: dict[str, Any] = {"title": _spaced(model.__name__)}
    if schema.get("description"):
        made["description"] = schema["description"]
    made |= {"type": "object", "properties": properties, "additionalProperties": False}
    if schema.get("required"):
        made["required"] = schema["required"]
    return made


def _spaced(name: str) -> str:
    """`Measurement indicator` for `MeasurementIndicator`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _tidy(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without nulls and defaults, which files do not have, and with what YAML makes of plain scalars."""
    kept = {key: value for key, value in schema.items() if key not in ("default", "title", "discriminator")}
    branches = kept.pop("anyOf", None) or kept.pop("oneOf", None)
    if branches is not None:
        tidied = [_tidy(branch) for branch in branches if branch.get("type") != "null"]
        flat = [inner for one in tidied for inner in (one["anyOf"] if set(one) == {"anyOf"} else [one])]
        return {**kept, **flat[0]} if len(flat) == 1 else {**kept, "anyOf": flat}
    if "items" in kept:
        return {**kept, "items": _tidy(kept["items"]), "minItems": 1}
    if "patternProperties" in kept:
        return _mapping(kept)
    if kept.get("type") == "object" and isinstance(kept.get("additionalProperties"), dict):
        return {**kept, "additionalProperties": _tidy(kept["additionalProperties"])}
    if kept.get("type") == "string":
        return _scalar(kept)
    return kept


def _mapping(schema: dict[str, Any]) -> dict[str, Any]:
    """A mapping whose keys have a pattern; a text in languages may be a plain text in a plan with one language."""
    inner = {pattern: _tidy(value) for pattern, value in schema["patternProperties"].items()}
    made = {"type": "object", "patternProperties": inner, "additionalProperties": False, "minProperties": 1}
    if all(value == _TEXT for value in inner.values()):
        return {"anyOf": [made, dict(_TEXT)]}
    return made


_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
"""A text, which need not be in quotes even where it looks like something else."""

_WORDS_OF_FLAGS = {"true": True, "false": False, "yes": True, "no": False}


def _scalar(schema: dict[str, Any]) -> dict[str, Any]:
    if "const" in schema:
        return {"enum": [schema["const"]]}
    if "enum" in schema:
        words = schema["enum"]
        return {"enum": [*words, *(_WORDS_OF_FLAGS[word] for word in words if word in _WORDS_OF_FLAGS)]}
    pattern = schema.get("pattern")
    if pattern is None:
        return {**schema, **_TEXT}
    rest = {key: value for key, value in schema.items() if key in ("examples",)}
    written = {key: value for key, value in schema.items() if key not in rest}
    if re.search(pattern, "12.5") or re.search(pattern, "1.50"):
        return {**rest, "anyOf": [written, {"type": "number"}]}
    if re.search(pattern, "12") or re.search(pattern, "2019"):
        return {**rest, "anyOf": [written, {"type": "integer"}]}
    return schema
