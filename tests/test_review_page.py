"""docs/review.md shows a real comment: made here, on a copy of the fictional register."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from commands_made import here
from git_made import EXAMPLE, commit, git

PAGE = Path(__file__).parent.parent / "docs" / "review.md"
BEGIN, END = "<!-- comment: begin -->\n", "<!-- comment: end -->\n"
CHANGE = (
    ("agreement", "amend", "almenara-mou-2021", "--ends", "2026-09-30", "--date", "2024-07-01", "--summary",
     "Two more years, on the same terms.", "summary.fr=Deux ans de plus, aux mêmes conditions.",
     "summary.ar=سنتان أخريان بالشروط نفسها."),
    ("activity", "move", "donors-conference-2024", "--start", "2024-12-03", "--end", "2024-12-04", "--because",
     "meetings/uhs-committee-8.decisions.shift-allocation", "--reason", "The hosts need the autumn.", "--date",
     "2024-07-12"),
    ("budget", "revise", "non-governmental-2024", "25000.00", "--update-totals", "--reason",
     "The rest is needed for 2025.", "--date", "2024-07-02"),
    ("budget", "revise", "non-governmental-2025", "35000.00", "--update-totals", "--reason",
     "From 2024.", "--date", "2024-07-02"),
)  # fmt: skip
"""An agreement is extended, an activity moves by a decision, money moves from one year to the next."""


def made(folder: Path) -> str:
    root = folder / "league"
    shutil.copytree(EXAMPLE, root)
    git(root, "init", "--quiet")
    commit(root)
    git(root, "checkout", "--quiet", "-b", "july")
    for words in CHANGE:
        said = here(root, *words)
        assert said.code == 0, said
    commit(root, "July")
    said = here(root, "diff", "main...july", "--format", "md", "--on", "2024-07-15")
    assert said.code == 0, said
    lines = said.out.split("\n")
    about = next(at for at, line in enumerate(lines) if line.startswith("From "))
    lines[about] = "From main to july."  # the name of the commit differs from one program of git to another
    return "\n".join(lines)


def test_the_page_shows_the_comment_of_a_realistic_change(tmp_path: Path) -> None:
    shown = PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]
    assert shown == made(tmp_path)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        text = made(Path(folder))
    page = PAGE.read_text("utf-8")
    PAGE.write_text(page.split(BEGIN)[0] + BEGIN + text + END + page.split(END)[1], encoding="utf-8", newline="\n")
    sys.exit(0)
