"""What a writing command does to files, when it refuses, and how a change is taken back."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import pytest

from erc_cli.errors import RefusedError
from erc_cli.store import exchange, placing, system, writing
from erc_cli.store.state import state_of, unfinished
from erc_cli.store.writing import Change, LastChange
from faults_made import Killed, Seam, dying, fast_path, pending, seam, tree

__all__ = ["fast_path", "seam"]

OIC = "data/partners/oic.yaml"
BEFORE, AFTER, SAVED = b"name: OIC\n", b"name: Organisation\n", b"name: saved by an editor\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register with one partner, in a git repository."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    (tmp_path / "data" / "partners").mkdir(parents=True)
    (tmp_path / OIC).write_bytes(BEFORE)
    return tmp_path


def _edit(root: Path, before: bytes | None = BEFORE, after: bytes | None = AFTER, path: str = OIC) -> list[str]:
    return writing.write(str(root), [Change(path, before, after)], ["set", "partners/oic.name=Organisation"])


def _refused(root: Path, *arguments: object) -> str:
    old = tree(root)
    with pytest.raises(RefusedError) as refusal:
        _edit(root, *arguments)  # type: ignore[arg-type]
    assert tree(root) == old
    assert pending(root) == []
    return str(refusal.value)


def test_a_changed_file_keeps_its_mode(root: Path) -> None:
    (root / OIC).chmod(0o640)
    assert _edit(root) == []
    assert (root / OIC).read_bytes() == AFTER
    assert (root / OIC).stat().st_mode & 0o7777 == 0o640
    assert [path.name for path in (root / "data" / "partners").iterdir()] == ["oic.yaml"]


def test_a_new_file_has_the_usual_mode_and_its_folder_is_made(root: Path) -> None:
    mask = os.umask(0o027)
    try:
        _edit(root, None, AFTER, "data/member-states/so.yaml")
    finally:
        os.umask(mask)
    assert (root / "data/member-states/so.yaml").stat().st_mode & 0o7777 == 0o640


def test_a_change_that_changes_nothing_writes_nothing(root: Path) -> None:
    was = (root / OIC).stat().st_mtime_ns
    assert _edit(root, BEFORE, BEFORE) == []
    assert (root / OIC).stat().st_mtime_ns == was
    assert writing.last_change(str(root)) is None


def test_a_file_that_changed_since_it_was_read_is_refused(root: Path) -> None:
    (root / OIC).write_bytes(SAVED)
    assert _refused(root) == f"{OIC} changed meanwhile: nothing was written; run the command again"


def test_a_file_that_grew_behind_what_was_read_is_refused(root: Path) -> None:
    (root / OIC).write_bytes(BEFORE + b"notes: more\n")
    assert "changed meanwhile" in _refused(root)


def test_a_file_that_is_gone_is_refused(root: Path) -> None:
    (root / OIC).unlink()
    assert "changed meanwhile" in _refused(root)


def test_a_new_file_never_takes_the_place_of_one(root: Path) -> None:
    assert _refused(root, None) == f"{OIC} is there already: nothing was written"


def test_links_folders_and_pipes_are_not_written_to(root: Path) -> None:
    (root / OIC).rename(root / "elsewhere.yaml")
    (root / OIC).symlink_to(root / "elsewhere.yaml")
    assert _refused(root) == f"{OIC} is a link: nothing was written; erc writes to files only"
    (root / OIC).unlink()
    os.mkfifo(root / OIC)
    assert _refused(root) == f"{OIC} is a pipe: nothing was written; erc writes to files only"
    (root / OIC).unlink()
    (root / OIC).mkdir()
    assert _refused(root) == f"{OIC} is a folder: nothing was written; erc writes to files only"


def test_a_folder_that_is_a_link_is_not_written_to(root: Path) -> None:
    (root / "data" / "partners").rename(root / "elsewhere")
    (root / "data" / "partners").symlink_to(root / "elsewhere")
    assert _refused(root) == "data/partners is a link: nothing was written; erc writes to files only"
    assert (root / "elsewhere" / "oic.yaml").read_bytes() == BEFORE


@pytest.mark.parametrize("path", ["../x.yaml", "/etc/x", "data/../x", "data/.x", ".git/config", "data//x", ""])
def test_paths_that_lead_out_are_a_bug_of_the_command(root: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path inside the register"):
        _edit(root, None, AFTER, path)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the quota on this disk is used up"),
        (errno.EFBIG, "the file would be larger than is allowed here"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EACCES, "no permission to write there"),
    ],
)
def test_why_it_cannot_be_written_is_said_in_words(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    open_new = system.open_new

    def fails(path: str, mode: int) -> int:
        if "/data/" in path:
            raise OSError(number, os.strerror(number), path)
        return open_new(path, mode)

    monkeypatch.setattr(system, "open_new", fails)
    assert _refused(root) == f"{OIC} cannot be written: {reason}; nothing was changed"


def test_a_name_that_is_too_long_is_said(root: Path) -> None:
    assert "the name is too long; nothing was changed" in _refused(root, None, AFTER, f"data/partners/{'x' * 300}.yaml")


def test_a_folder_that_is_no_record_folder_is_not_made(root: Path) -> None:
    assert "its folder is not there; nothing was changed" in _refused(root, None, AFTER, "documents/x/y.txt")


def test_a_limit_on_the_size_of_files_leaves_everything_as_it_was(root: Path) -> None:
    old = tree(root)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from erc_cli.store.writing import Change, write\n"
        "from erc_cli.errors import RefusedError\n"
        f"try: write({str(root)!r}, [Change({OIC!r}, {BEFORE!r}, b'x' * 50_000)])\n"
        "except RefusedError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "cannot be written: the file would be larger than is allowed here; nothing was changed" in done.stdout
    assert tree(root) == old
    assert pending(root) == []


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs another user of this system, or a folder's mode")
def test_a_folder_without_permission_leaves_everything_as_it_was(fast_path: Path) -> None:
    _edit(fast_path, None, BEFORE)
    for folder in (fast_path, fast_path / "data", fast_path / "data" / "partners"):
        folder.chmod(0o555)
    (fast_path / ".erc").chmod(0o777)
    (fast_path / ".erc" / "erc.lock").chmod(0o666)
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:  # root may write anywhere, so become nobody
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            _edit(fast_path)
        except RefusedError as error:
            os.write(telling, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(telling)
    with os.fdopen(reading) as file:
        assert file.read() == f"{OIC} cannot be written: no permission to write there; nothing was changed"
    for folder in (fast_path, fast_path / "data", fast_path / "data" / "partners"):
        folder.chmod(0o755)
    assert tree(fast_path) == {OIC: BEFORE}
    assert pending(fast_path) == []


# Another program saves in between


def _in_place(path: Path) -> None:
    path.write_bytes(SAVED)


def _by_renaming(path: Path) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(SAVED)
    new.rename(path)


EDITORS = pytest.mark.parametrize("save", [_in_place, _by_renaming])


@EDITORS
@pytest.mark.parametrize("moment", ["open_new", "sync", "exchange"])
def test_a_save_at_any_moment_before_is_not_overwritten(
    root: Path, seam: Seam, save: Callable[[Path], None], moment: str
) -> None:
    seam.hooks[moment] = lambda _: save(root / OIC)
    with pytest.raises(RefusedError, match="changed meanwhile: nothing was written"):
        _edit(root)
    assert tree(root) == {OIC: SAVED}
    assert pending(root) == []


@EDITORS
def test_a_save_before_a_file_goes_is_not_lost(root: Path, seam: Seam, save: Callable[[Path], None]) -> None:
    seam.hooks["set_like"] = seam.hooks["sync"] = lambda _: save(root / OIC)
    with pytest.raises(RefusedError, match="changed meanwhile"):
        _edit(root, BEFORE, None)
    assert tree(root) == {OIC: SAVED}


def test_a_file_made_by_another_program_is_not_overwritten(root: Path, seam: Seam) -> None:
    new = "data/partners/new.yaml"
    seam.hooks["give_second_name"] = lambda _: (root / new).write_bytes(SAVED) and None
    with pytest.raises(RefusedError, match="changed meanwhile"):
        _edit(root, None, AFTER, new)
    assert tree(root) == {OIC: BEFORE, new: SAVED}


def test_a_save_into_the_old_file_after_it_was_taken_out_goes_back(root: Path, seam: Seam) -> None:
    with (root / OIC).open("r+b") as editor:

        def save(_: str) -> None:
            editor.write(SAVED)
            editor.flush()

        seam.hooks["sync_folder"] = save
        with pytest.raises(RefusedError, match="changed meanwhile"):
            _edit(root)
    assert tree(root) == {OIC: SAVED}


def test_of_two_saves_at_the_same_moment_the_newer_stays_and_the_other_is_kept(root: Path, seam: Seam) -> None:
    def first(_: str) -> None:
        _by_renaming(root / OIC)
        seam.hooks["exchange"] = lambda _: (root / OIC).write_bytes(b"name: newer\n") and None

    seam.hooks["exchange"] = first
    with pytest.raises(RefusedError, match=r"one of its saves is kept in .*/\.erc-"):
        _edit(root)
    files = tree(root)
    assert files.pop(OIC) == b"name: newer\n"
    assert list(files.values()) == [SAVED]
    assert writing.leftovers(str(root)) == list(files)
    writing.recover(str(root))
    assert writing.leftovers(str(root)) == list(files)


@EDITORS
def test_a_save_stops_a_change_of_several_files_as_a_whole(
    root: Path, seam: Seam, save: Callable[[Path], None]
) -> None:
    other = root / "data" / "budget.yaml"
    other.write_bytes(b"notes: one\n")
    swaps = 0

    def at_second(_: str) -> None:
        nonlocal swaps
        swaps += 1
        seam.hooks["exchange"] = lambda _: save(other)

    seam.hooks["exchange"] = at_second
    changes = [Change(OIC, BEFORE, AFTER), Change("data/budget.yaml", b"notes: one\n", b"notes: two\n")]
    with pytest.raises(RefusedError, match=r"^data/budget.yaml changed meanwhile"):
        writing.write(str(root), changes)
    assert tree(root) == {OIC: BEFORE, "data/budget.yaml": SAVED}
    assert pending(root) == []


@EDITORS
def test_a_save_that_came_out_goes_back_even_if_the_command_is_killed_then(
    root: Path, seam: Seam, save: Callable[[Path], None]
) -> None:
    def save_and_die_next(_: str) -> None:
        save(root / OIC)
        seam.hooks["read_file"] = seam.hooks["look"] = _die

    seam.hooks["exchange"] = save_and_die_next
    with dying(seam):
        _edit(root)
    assert (root / OIC).read_bytes() == AFTER
    assert SAVED in tree(root).values()
    assert unfinished(str(root))
    seam.hooks.clear()
    seam.hooks["exchange"] = _die
    with dying(seam):
        writing.recover(str(root))
    assert pending(root) == ["rollback.json"]
    assert unfinished(str(root))
    writing.recover(str(root))
    assert tree(root) == {OIC: SAVED}
    assert not unfinished(str(root))


@EDITORS
def test_without_exchange_a_save_before_the_last_look_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path], None]
) -> None:
    def save_first(one: str, other: str) -> None:
        save(root / OIC)
        _no_exchange(one, other)

    monkeypatch.setattr(exchange, "exchange", save_first)
    with pytest.raises(RefusedError, match="changed meanwhile"):
        _edit(root)
    assert tree(root) == {OIC: SAVED}


# Where the state is, and when nothing is written


def test_the_lock_is_in_the_git_folder_of_this_work_tree(root: Path, tmp_path: Path) -> None:
    (root / ".git" / "worktrees" / "two").mkdir(parents=True)
    (root / ".git" / "worktrees" / "two" / "HEAD").write_bytes(b"ref: refs/heads/two\n")
    two = tmp_path / "two"
    (two / "data").mkdir(parents=True)
    (two / ".git").write_text("gitdir: ../.git/worktrees/two\n")
    real = Path(os.path.realpath(root))
    assert state_of(str(root)).lock == str(real / ".git" / "erc.lock")
    assert state_of(str(two)).lock == str(real / ".git" / "worktrees" / "two" / "erc.lock")
    assert state_of(str(two / "data")).lock == state_of(str(two)).lock
    assert state_of(str(two / "data")).folder != state_of(str(two)).folder


def test_without_git_the_state_is_in_a_dot_folder_that_git_would_ignore(tmp_path: Path) -> None:
    _edit(tmp_path, None, AFTER)
    assert sorted(path.name for path in (tmp_path / ".erc").iterdir()) == [".gitignore", "erc.lock", "last-change.json"]
    assert (tmp_path / ".erc" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("name", ["MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD"])
def test_nothing_is_written_while_git_is_in_the_middle_of_something(root: Path, name: str) -> None:
    (root / ".git" / name).mkdir()
    message = _refused(root)
    assert message.startswith("a ")
    assert "is under way in this repository: nothing was written; finish it, or give it up with `git " in message


def test_one_command_writes_at_a_time(root: Path) -> None:
    told: list[str] = []
    with writing.writer(str(root)), pytest.raises(RefusedError, match="another erc has been writing here"):
        writing.write(str(root), [Change(OIC, BEFORE, AFTER)], (), 0.05, told.append)
    assert told == ["another erc is writing here: waiting up to 0 seconds for it"]
    assert _edit(root) == []


def test_asking_whether_something_is_unfinished_loads_nothing_heavy(root: Path) -> None:
    script = (
        "import sys; from erc_cli.store.state import unfinished\n"
        f"print(unfinished({str(root)!r}), {{'filelock', 'ctypes', 'hashlib'}} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False set()\n"


def test_a_journal_that_cannot_be_understood_stops_writing(root: Path) -> None:
    _edit(root)
    journal = root / ".git" / "erc" / "journal.json"
    last = root / ".git" / "erc" / "last-change.json"
    for content in (
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        last.read_bytes().replace(OIC.encode(), b"../../x"),
        last.read_bytes().replace(b'"before_sha256": "', b'"before_sha256": "0'),
    ):
        journal.write_bytes(content)
        assert unfinished(str(root))
        with pytest.raises(RefusedError, match=r"journal.json cannot be understood: nothing was written"):
            _edit(root, AFTER, BEFORE)
        assert tree(root) == {OIC: AFTER}
    journal.unlink()
    assert _edit(root, AFTER, BEFORE) == []


def test_the_next_command_tells_what_it_finished_and_what_it_took_back(root: Path, seam: Seam) -> None:
    with dying(seam):
        seam.hooks["exchange"] = _die
        _edit(root)
    assert unfinished(str(root))
    told: list[str] = []
    writing.write(str(root), [Change(OIC, AFTER, BEFORE)], (), 10, told.append)
    assert told == [f"`set partners/oic.name=Organisation` was interrupted: it is finished now ({OIC})"]
    with dying(seam):
        seam.hooks["exchange"] = _die
        _edit(root)
    _in_place(root / OIC)
    assert writing.recover(str(root)) == [
        f"`set partners/oic.name=Organisation` was interrupted: it is taken back now ({OIC})"
    ]
    assert tree(root) == {OIC: SAVED}


def _die(_: str) -> None:
    raise Killed


def test_one_of_several_files_that_changed_after_an_interruption_is_left_to_people(root: Path, seam: Seam) -> None:
    (root / "data" / "budget.yaml").write_bytes(b"notes: one\n")
    changes = [Change(OIC, BEFORE, AFTER), Change("data/budget.yaml", b"notes: one\n", b"notes: two\n")]
    seam.hooks["exchange"] = lambda _: seam.hooks.update(exchange=_die)
    with dying(seam):
        writing.write(str(root), changes, ["rename"])
    _in_place(root / OIC)
    with pytest.raises(RefusedError, match=f"^`rename` was interrupted, and {OIC} changed since: nothing was written"):
        writing.recover(str(root))
    assert tree(root) == {OIC: SAVED, "data/budget.yaml": b"notes: one\n", **_dot_files(root)}
    (root / OIC).write_bytes(BEFORE)
    writing.recover(str(root))
    assert tree(root) == {OIC: AFTER, "data/budget.yaml": b"notes: two\n"}


def _dot_files(root: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(root).items() if "/." in path}


def test_unknown_dot_files_are_reported_and_stay(root: Path) -> None:
    (root / "data" / "partners" / ".erc-0123-0").write_bytes(b"?")
    _edit(root)
    assert writing.leftovers(str(root)) == ["data/partners/.erc-0123-0"]


# Taking back


def test_the_last_change_can_be_taken_back_and_made_again(root: Path) -> None:
    changes = [Change(OIC, BEFORE, None), Change("data/partners/new.yaml", None, AFTER)]
    writing.write(str(root), changes, ["partner", "rename", "oic", "new"])
    assert tree(root) == {"data/partners/new.yaml": AFTER}
    assert writing.last_change(str(root)) == LastChange(
        ("partner", "rename", "oic", "new"), ("data/partners/new.yaml", OIC)
    )
    assert writing.take_back(str(root)) == ["data/partners/new.yaml", OIC]
    assert tree(root) == {OIC: BEFORE}
    writing.take_back(str(root))
    assert tree(root) == {"data/partners/new.yaml": AFTER}


def test_taking_back_refuses_what_changed_since(root: Path) -> None:
    _edit(root)
    (root / OIC).write_bytes(SAVED)
    with pytest.raises(RefusedError, match=f"^{OIC} changed since `set partners/oic.name=Organisation`: nothing was"):
        writing.take_back(str(root))
    assert tree(root) == {OIC: SAVED}


def test_without_a_change_there_is_nothing_to_take_back(root: Path) -> None:
    with pytest.raises(RefusedError, match="no change to take back"):
        writing.take_back(str(root))


# Each defence is needed: without it, what it guards goes wrong


def _holds_against_a_late_save(root: Path, seam: Seam) -> bool:
    seam.hooks["exchange"] = lambda _: _in_place(root / OIC)
    with suppress(RefusedError):
        _edit(root)
    return tree(root) == {OIC: SAVED}


def _holds_against_an_early_save(root: Path, seam: Seam) -> bool:
    _in_place(root / OIC)
    return _holds_against_a_late_save(root, seam)


def _holds_against_power_loss(root: Path, seam: Seam) -> bool:
    """What was never brought to the disk is empty after a loss of power."""
    seam.disarm()
    _edit(root)
    order = [(name, Path(about).name) for name, about in seam.log]
    staged = next(about for name, about in order if name == "open_new" and about.startswith(".erc-"))
    return ("sync", staged) in order and ("sync_folder", "partners") in order


def _holds_against_another_command(root: Path, seam: Seam) -> bool:
    try:
        with writing.writer(str(root)):
            writing.write(str(root), [Change(OIC, BEFORE, AFTER)], (), 0.01)
    except RefusedError:
        return True
    return False


def _holds_against_a_lying_disk(root: Path, seam: Seam) -> bool:
    write_some = system.write_some
    system.write_some = lambda handle, content: write_some(handle, memoryview(bytes(content).replace(b"Org", b"0rg")))
    try:
        _edit(root)
    except RefusedError:
        pass
    finally:
        system.write_some = write_some
    return tree(root) == {OIC: BEFORE}


def _no_exchange(one: str, other: str) -> None:
    raise OSError(errno.ENOSYS, "none")


def _unlocked(*_: object) -> AbstractContextManager[None]:
    return nullcontext()


DEFENCES = [
    pytest.param(
        _holds_against_a_late_save, [(placing, "is_content", lambda path, _: os.path.lexists(path))], id="what came out"
    ),
    pytest.param(
        _holds_against_an_early_save,
        [(writing, "_check_now", lambda *_: None), (placing, "is_content", lambda path, _: os.path.lexists(path))],
        id="what was read",
    ),
    pytest.param(_holds_against_power_loss, [(placing, "_fill", None)], id="fsync"),
    pytest.param(_holds_against_power_loss, [(system, "sync_folder", lambda *_: None)], id="fsync of the folder"),
    pytest.param(_holds_against_another_command, [(writing, "hold_lock", _unlocked)], id="lock"),
    pytest.param(_holds_against_a_lying_disk, [(placing, "stage", None)], id="read back"),
]


def _fill_without_sync(handle: int, content: bytes, like: os.stat_result | None) -> None:
    placing._write_all(handle, content)
    system.close(handle)


def _stage_without_reading_back(path: str, content: bytes, like: os.stat_result | None) -> None:
    placing._fill(system.open_new(path, 0o600), content, like)


@pytest.mark.parametrize(("holds", "off"), DEFENCES)
def test_each_defence_is_needed(
    root: Path,
    seam: Seam,
    monkeypatch: pytest.MonkeyPatch,
    holds: Callable[[Path, Seam], bool],
    off: list[tuple[object, str, object]],
) -> None:
    assert holds(root, seam)
    seam.die()
    (root / OIC).write_bytes(BEFORE)
    for module, name, instead in off:
        without = {"_fill": _fill_without_sync, "stage": _stage_without_reading_back}.get(name, instead)
        monkeypatch.setattr(module, name, without)
    assert not holds(root, seam)
    seam.die()


def test_without_exchange_a_save_between_the_last_look_and_the_replacing_would_be_lost(
    root: Path, seam: Seam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why names are exchanged where the system can."""
    monkeypatch.setattr(exchange, "exchange", _no_exchange)
    move = system.move

    def save_first(path: str, new: str) -> None:
        if "/data/" in new:
            _in_place(root / OIC)
        move(path, new)

    monkeypatch.setattr(system, "move", save_first)
    _edit(root)
    assert tree(root) == {OIC: AFTER}
