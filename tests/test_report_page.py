"""docs/reports.md shows every report, with a picture that is small and there."""

from __future__ import annotations

from pathlib import Path

from erc_cli.core.reports.catalogue import REPORTS

DOCS = Path(__file__).parent.parent / "docs"


def test_every_report_has_its_place_and_its_picture() -> None:
    text = (DOCS / "reports.md").read_text(encoding="utf-8")
    for name in REPORTS:
        assert f"\n## {name}" in text, name
        assert f"](pictures/{name}.png)" in text, f"{name}: python tools/make_pictures.py makes its picture"
        picture = (DOCS / "pictures" / f"{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 100_000
