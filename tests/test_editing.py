"""`erc edit`: an editor on a terminal, checks on save, and nothing that was typed is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from commands_made import here, make_register
from faults_made import tree
from terminal_made import on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")

OIC = "data/partners/oic.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    make_register(folder)
    return folder


def editor(folder: Path, *turns: str) -> str:
    """A program that changes the file it is opened on, by one line of Python for each time it is opened."""
    count = folder / "turn"
    lines = ["import pathlib, sys", "file = pathlib.Path(sys.argv[1])", f"count = pathlib.Path({str(count)!r})"]
    lines += ["turn = int(count.read_text()) if count.exists() else 0", "count.write_text(str(turn + 1))"]
    lines += [f"if turn == {number}: {turn}" for number, turn in enumerate(turns)]
    script = folder / "an editor.py"
    script.write_text("\n".join(lines), encoding="utf-8")
    return f"'{sys.executable}' '{script}'"


def replacing(old: str, new: str) -> str:
    return f"file.write_bytes(file.read_bytes().replace({old.encode()!r}, {new.encode()!r}))"


def kept_in(screen: str) -> Path:
    return Path(screen.split("is kept in ")[1].split("\n")[0].strip())


def test_what_is_saved_is_checked_and_written_as_it_was_typed(root: Path, tmp_path: Path) -> None:
    before = (root / OIC).read_bytes()
    words = editor(tmp_path, replacing("category: governmental", "category: donor # since 2020"))
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=words)
    assert shown.code == 0, shown.screen
    assert "data/partners/oic.yaml:1: partners/oic" in shown.screen
    assert (root / OIC).read_bytes() == before.replace(b"category: governmental", b"category: donor # since 2020")
    assert here(root, "undo").code == 0
    assert (root / OIC).read_bytes() == before


def test_visual_goes_before_editor_and_a_noun_may_stand_before(root: Path, tmp_path: Path) -> None:
    words = editor(tmp_path, replacing("governmental", "donor"))
    shown = on_terminal(root, "partner", "edit", "oic", VISUAL=words, EDITOR="false")
    assert shown.code == 0, shown.screen
    assert b"category: donor" in (root / OIC).read_bytes()


def test_an_error_is_shown_and_mended_in_a_second_turn(root: Path, tmp_path: Path) -> None:
    words = editor(tmp_path, replacing("governmental", "governmenta"), replacing("governmenta", "donor"))
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=words, answers=[("Go on editing? [Y/n]:", "\n")])
    assert shown.code == 0, shown.screen
    assert "SCH004" in shown.screen
    assert "this would add 1 error: nothing was written" in shown.screen
    assert b"category: donor" in (root / OIC).read_bytes()


@pytest.mark.parametrize("answer", ["n\n", "\x03", "\x04"], ids=["no", "interrupted", "closed"])
def test_who_gives_up_finds_what_was_typed(root: Path, tmp_path: Path, answer: str) -> None:
    before = tree(root)
    words = editor(tmp_path, replacing("category: governmental", "category: [torn"))
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=words, answers=[("Go on editing? [Y/n]:", answer)])
    assert shown.code == 130, shown.screen
    assert tree(root) == before
    kept = kept_in(shown.screen)
    assert b"category: [torn" in kept.read_bytes()
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_one_long_text_is_edited_as_it_reads_and_only_its_bytes_change(root: Path, tmp_path: Path) -> None:
    path = root / "data/partners/isdb.yaml"
    before = path.read_bytes()
    words = editor(tmp_path, "assert file.read_text() == 'Kept'; file.write_text('First line: so\\nand # second\\n')")
    shown = on_terminal(root, "edit", "partners/isdb.notes", EDITOR=words)
    assert shown.code == 0, shown.screen
    assert path.read_bytes() == before.replace(b"notes: Kept", b"notes: |-\n  First line: so\n  and # second")


def test_a_file_with_errors_can_be_mended(root: Path, tmp_path: Path) -> None:
    path = root / OIC
    good = path.read_bytes()
    path.write_bytes(good.replace(b"category: ", b"category: ["))
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=editor(tmp_path, replacing("category: [", "category: ")))
    assert shown.code == 0, shown.screen
    assert path.read_bytes() == good


def test_a_save_of_somebody_else_meanwhile_is_not_overwritten(root: Path, tmp_path: Path) -> None:
    other = f"pathlib.Path({str(root / OIC)!r}).write_bytes(b'category: donor\\n'); "
    words = editor(tmp_path, other + replacing("governmental", "academic"))
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=words, answers=[("Go on editing? [Y/n]:", "n\n")])
    assert shown.code == 130
    assert "changed by somebody else meanwhile" in shown.screen
    assert (root / OIC).read_bytes() == b"category: donor\n"
    assert b"category: academic" in kept_in(shown.screen).read_bytes()


def test_an_editor_that_fails_or_is_not_there_writes_nothing(root: Path, tmp_path: Path) -> None:
    before = tree(root)
    failed = on_terminal(root, "edit", "partners/oic", EDITOR=editor(tmp_path, "file.write_text('x'); sys.exit(3)"))
    assert failed.code == 5
    assert "ended with code 3: nothing was written; your text is in " in failed.screen
    missing = on_terminal(root, "edit", "partners/oic", EDITOR="no-such-editor --wait")
    assert (missing.code, "no-such-editor cannot be started" in missing.screen) == (5, True)
    same = on_terminal(root, "edit", "partners/oic", EDITOR="true")
    assert (same.code, "nothing to do: it is so already" in same.screen) == (0, True)
    assert tree(root) == before


def test_no_shell_sees_the_words_of_the_editor(root: Path, tmp_path: Path) -> None:
    shown = on_terminal(root, "edit", "partners/oic", EDITOR=f"true; touch {tmp_path}/ran")
    assert shown.code == 5
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("edit", "partners/nobody"), 4, "there is no partners/nobody"),
        (("edit", "partners/oic.aliases"), 2, "is not a single text"),
        (("edit", "partners/oic.notes"), 2, "erc set partners/oic.notes=... gives it a value"),
        (("edit", "partners/oic", "--no-input"), 2, "needs a terminal"),
    ],
)
def test_what_cannot_be_edited_is_said_before_an_editor_opens(
    root: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    shown = on_terminal(root, *words, EDITOR="touch ran;")
    assert (shown.code, said in shown.screen.replace("\n", " ")) == (code, True), shown.screen


def test_without_a_terminal_nothing_opens(root: Path) -> None:
    said = here(root, "edit", "partners/oic")
    assert said.code == 2
    assert "erc edit needs a terminal; erc set ADDRESS=VALUE changes a value without one" in said.err
