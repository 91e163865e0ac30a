"""A change is whole or not at all, whatever fails and wherever it is killed: every call to the system fails once."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from erc_cli.errors import RefusedError
from erc_cli.store import exchange, system, writing
from erc_cli.store.state import unfinished
from erc_cli.store.worktree import WorkTree
from erc_cli.store.writing import Change
from faults_made import ERRORS, Seam, dying, fast_path, pending, seam, tree, visible

__all__ = ["fast_path", "seam"]

OIC, ISDB = b"name: {en: OIC}\n# kept\n", b"name: {en: IsDB}\n"
BUDGET = b"notes: one\n"
AFTER = b"name: {en: Organisation of Islamic Cooperation}\n# kept\n"

ONE = [Change("data/partners/oic.yaml", OIC, AFTER)]
CREATE = [Change("data/meetings/first.yaml", None, AFTER)]
DELETE = [Change("data/partners/oic.yaml", OIC, None)]
FOUR = [
    Change("data/partners/oic.yaml", OIC, None),
    Change("data/partners/islamic.yaml", None, AFTER),
    Change("data/partners/isdb.yaml", ISDB, b"succeeds: partners/islamic\n" * 5000),
    Change("data/budget.yaml", BUDGET, b"notes: two\n"),
]
CHANGES = {"one": ONE, "create": CREATE, "delete": DELETE, "four": FOUR}
USUAL = [*((name, True, swaps) for name in CHANGES for swaps in (True, False)), ("create", False, True)]
RARE = [(name, False, swaps) for name in CHANGES for swaps in (True, False) if (name, swaps) != ("create", True)]
WAYS = [*USUAL, *(pytest.param(one, marks=pytest.mark.long) for one in RARE)]


def _make(root: Path, has_git: bool) -> None:
    shutil.rmtree(root, ignore_errors=True)
    (root / "data" / "partners").mkdir(parents=True)
    (root / "data" / "plan.yaml").write_bytes(b"format: 1\n")
    (root / "data" / "budget.yaml").write_bytes(BUDGET)
    (root / "data" / "partners" / "oic.yaml").write_bytes(OIC)
    (root / "data" / "partners" / "isdb.yaml").write_bytes(ISDB)
    if has_git:
        (root / ".git").mkdir()
        (root / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")


def _new(root: Path, changes: Sequence[Change]) -> dict[str, bytes]:
    files = tree(root)
    for change in changes:
        if change.after is None:
            del files[change.path]
        else:
            files[change.path] = change.after
    return dict(sorted(files.items()))


def _no_exchange(*_: str) -> None:
    raise OSError(errno.EINVAL, "not here")


@pytest.fixture(
    params=WAYS, ids=lambda way: f"{way[0]}-{'git' if way[1] else 'bare'}-{'swap' if way[2] else 'replace'}"
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Sequence[Change], bool]:
    """A change, whether there is git, with and without the system's exchange of names. Comes before `seam`."""
    name, has_git, swaps = request.param
    if not swaps:
        monkeypatch.setattr(exchange, "exchange", _no_exchange)
    return CHANGES[name], has_git


def _assert_clean(root: Path, expected: dict[str, bytes]) -> None:
    assert tree(root) == expected
    assert pending(root) == []
    assert not unfinished(str(root))


def test_killed_at_every_call_it_is_old_or_new_and_whole_after_recovery(
    way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path
) -> None:
    changes, has_git = way
    root = fast_path / "register"
    for fault in ("kill", "torn"):
        outcomes = set()
        for at in range(1000):
            _make(root, has_git)
            old, new = tree(root), _new(root, changes)
            seam.arm(at, fault)
            with dying(seam):
                writing.write(str(root), changes)
                if len(seam.log) <= at:
                    break
            for path, content in visible(tree(root)).items():
                assert content in (old.get(path), new.get(path)), (at, path)
            assert [one for one in WorkTree(str(root)).entries()[1] if not one.is_warning] == []
            writing.recover(str(root))
            assert tree(root) in (old, new), at
            outcomes.add("new" if tree(root) == new else "old")
            _assert_clean(root, tree(root))
            writing.write(str(root), [Change("data/plan.yaml", b"format: 1\n", b"format: 2\n")])
        else:
            pytest.fail("it never ended")
        assert at > 10
        assert "old" in outcomes if fault == "torn" else outcomes == {"old", "new"}


def _recoveries(way: tuple[Sequence[Change], bool], seam: Seam, root: Path, step: int) -> int:
    """Kill at every `step`-th call, recover, and kill that at every call; return how often."""
    changes, has_git = way
    tried = 0
    for at in range(0, 1000, step):
        for second in range(1000):
            _make(root, has_git)
            old, new = tree(root), _new(root, changes)
            seam.arm(at, "kill")
            with dying(seam):
                writing.write(str(root), changes)
                if len(seam.log) <= at:
                    return tried
            seam.arm(second, "kill")
            done = False
            with dying(seam):
                writing.recover(str(root))
                done = not seam.fired
            for path, content in visible(tree(root)).items():
                assert content in (old.get(path), new.get(path)), (at, second, path)
            writing.recover(str(root))
            assert tree(root) in (old, new), (at, second)
            _assert_clean(root, tree(root))
            tried += 1
            if done:
                break
    return tried


def test_recovery_killed_too(way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path) -> None:
    assert _recoveries(way, seam, fast_path / "register", 9) > 20


@pytest.mark.long
def test_recovery_killed_at_every_call_after_every_kill(
    way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path
) -> None:
    assert _recoveries(way, seam, fast_path / "register", 1) > 200


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_any_failing_call_leaves_all_old_or_all_new_and_nothing_else(
    number: int, way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path
) -> None:
    changes, has_git = way
    root = fast_path / "register"
    for at in range(1000):
        _make(root, has_git)
        old, new = tree(root), _new(root, changes)
        seam.arm(at, number)
        try:
            warnings = writing.write(str(root), changes)
        except RefusedError as error:
            refused = str(error)
            assert seam.fired
            assert "cannot be written" in refused, at
            _assert_clean(root, old)
            assert not (root / "data" / "meetings").exists()
        else:
            assert visible(tree(root)) == new, at
            if not seam.fired:
                break
            if not warnings:
                _assert_clean(root, new)
            seam.disarm()
            writing.recover(str(root))
            _assert_clean(root, new)
        seam.die()
    else:
        pytest.fail("it never ended")


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_failure_that_lasts_says_what_is_left_and_recovery_takes_it_away(
    number: int, way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path
) -> None:
    changes, has_git = way
    root = fast_path / "register"
    for at in range(1000):
        _make(root, has_git)
        old, new = tree(root), _new(root, changes)
        seam.arm(at, number, lasting=True)
        refused = None
        try:
            writing.write(str(root), changes)
        except RefusedError as error:
            refused = str(error)
        fired = seam.fired
        seam.die()
        now = tree(root)
        for path, content in visible(now).items():
            assert content in (old.get(path), new.get(path)), (at, path)
        if refused is not None and (now != old or pending(root)):
            assert "the next command that writes does that first" in refused
        writing.recover(str(root))
        assert tree(root) in (old, new)
        _assert_clean(root, tree(root))
        if not fired:
            break
    else:
        pytest.fail("it never ended")


def test_short_writes_are_gone_on_with(way: tuple[Sequence[Change], bool], seam: Seam, fast_path: Path) -> None:
    changes, has_git = way
    root = fast_path / "register"
    _make(root, has_git)
    new = _new(root, changes)
    seam.arm(0, "short", lasting=True)
    writing.write(str(root), changes)
    seam.die()
    _assert_clean(root, new)


def test_a_file_is_on_the_disk_before_it_has_its_name_and_the_name_before_the_command_ends(
    seam: Seam, fast_path: Path
) -> None:
    _make(fast_path, True)
    seam.disarm()
    writing.write(str(fast_path), ONE)
    order = [(name, Path(about).name) for name, about in seam.log]
    staged = next(name for name in order if name[0] == "open_new" and name[1].startswith(".erc-"))[1]
    swapped = order.index(("exchange", staged))
    assert order.index(("write_some", staged)) < order.index(("sync", staged)) < swapped
    assert swapped < order.index(("sync_folder", "partners")) < order.index(("move", "journal.json"))
    assert order.index(("sync", "prepared.json")) < order.index(("move", "prepared.json")) < swapped


def test_a_change_of_several_files_counts_only_when_its_journal_is_on_the_disk(seam: Seam, fast_path: Path) -> None:
    _make(fast_path, True)
    seam.disarm()
    writing.write(str(fast_path), FOUR)
    order = [(name, Path(about).name) for name, about in seam.log]
    commit = order.index(("move", "prepared.json"))
    assert sum(name == "sync" for name, _ in order[:commit]) == 4  # the journal and three contents
    assert order[commit + 1] == ("sync_folder", "erc")
    assert not any(name in ("exchange", "give_second_name") for name, _ in order[:commit])
    done = order.index(("move", "journal.json"))
    assert {("sync_folder", "data"), ("sync_folder", "partners")} <= set(order[commit:done])


def test_what_does_not_read_back_is_not_put_in_place(
    seam: Seam, fast_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make(fast_path, True)
    old = tree(fast_path)
    write_some = system.write_some

    def lies(handle: int, content: memoryview) -> int:
        return write_some(handle, memoryview(bytes(content).replace(b"Islamic", b"Islamik")))

    monkeypatch.setattr(system, "write_some", lies)
    with pytest.raises(RefusedError, match=r"^data/partners/oic.yaml cannot be written: .*; nothing was changed$"):
        writing.write(str(fast_path), ONE)
    _assert_clean(fast_path, old)


def test_an_interrupted_command_takes_back_what_it_did(seam: Seam, fast_path: Path) -> None:
    for at in range(1000):
        _make(fast_path / "register", True)
        root = fast_path / "register"
        old, new = tree(root), _new(root, FOUR)
        seam.disarm()
        hooked = False

        def interrupt(_: str) -> None:
            raise KeyboardInterrupt

        names = ["open_new", "write_some", "set_like", "exchange", "give_second_name", "sync_folder"]
        if at == len(names):
            break
        seam.hooks[names[at]] = interrupt
        with suppress(KeyboardInterrupt):
            writing.write(str(root), FOUR)
            hooked = True
        assert not hooked
        seam.die()
        _assert_clean(root, old)
        assert old != new
