"""What a record points to, and what points to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.factories import MemorySource, source

from erc_cli.commands.links import links
from erc_cli.core.house import House
from erc_cli.core.listing import View
from erc_cli.errors import NotFoundError
from erc_cli.store.emit import emit

VIEW = View("en", House("isesco", ("en", "fr", "ar"), "USD", {}, {}))

FILES: Mapping[str, Any] = {
    "partners/oic": {"name": {"en": "OIC"}, "category": "governmental"},
    "partners/oic-two": {"name": {"en": "Another"}, "category": "donor", "distinct_from": ["partners/oic"]},
    "agreements/a": {
        "title": {"en": "Agreement"},
        "kind": "protocol",
        "parties": [{"party": "isesco"}, {"party": "partners/oic"}],
        "serves": ["projects/p.areas.first"],
        "because": "meetings/m.decisions.d",
    },
    "projects/p": {
        "title": {"en": "Project"},
        "kind": "programme",
        "areas": [{"id": "first", "title": {"en": "First"}}, {"id": "second", "title": {"en": "Second"}}],
    },
    "activities/x": {"title": {"en": "X"}, "kind": "forum", "project": "projects/p", "area": "first"},
    "activities/y": {"title": {"en": "Y"}, "kind": "forum", "project": "projects/p", "area": "second"},
    "waivers/w": {"code": "LNG001", "record": "partners/oic", "reason": "partners/oic is asked", "until": "2019-12-31"},
}


def made() -> MemorySource:
    written = {f"data/{address}.yaml": emit(content).encode() for address, content in FILES.items()}
    return MemorySource({**source({}).files, **written})


def test_both_directions() -> None:
    found = links(made(), "agreements/a", VIEW)
    assert found.to.rows == (
        ("parties.partners/oic.party", "partners/oic", "OIC"),
        ("serves", "projects/p.areas.first", "Project"),
        ("because", "meetings/m.decisions.d", None),
    )
    assert found.back.rows == ()
    assert links(made(), "partners/oic", VIEW).back.rows == (
        ("agreements/a", "parties.partners/oic.party", "Agreement"),
        ("partners/oic-two", "distinct_from", "Another"),
        ("waivers/w", "record", None),
    )


def test_what_points_inside_a_record_points_to_it() -> None:
    assert [row[:2] for row in links(made(), "projects/p", VIEW).back.rows] == [
        ("activities/x", "project"),
        ("activities/y", "project"),
        ("agreements/a", "serves"),
    ]


def test_bare_ids_point_into_the_project() -> None:
    found = links(made(), "projects/p.areas.first", VIEW)
    assert [row[:2] for row in found.back.rows] == [("activities/x", "area"), ("agreements/a", "serves")]
    assert [row[:2] for row in links(made(), "projects/p.areas.second", VIEW).back.rows] == [("activities/y", "area")]


def test_one_table_for_formats_that_hold_only_one() -> None:
    rows = links(made(), "agreements/a", VIEW).one_table().rows
    assert rows[0] == ("agreements/a", "parties.partners/oic.party", "partners/oic", "OIC")
    rows = links(made(), "partners/oic", VIEW).one_table().rows
    assert rows[0] == ("agreements/a", "parties.partners/oic.party", "partners/oic", "Agreement")


def test_no_such_record() -> None:
    with pytest.raises(NotFoundError):
        links(made(), "partners/oix", VIEW)
