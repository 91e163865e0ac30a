"""Commands on several files, whatever fails and wherever they are killed: all old or all new, and it is said."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands_made import Said, apart, here, make_register
from erc_cli.store import writing
from faults_made import ERRORS, Seam, dying, fast_path, pending, seam, tree, visible

__all__ = ["fast_path", "seam"]

COUNTRIES = ["bf", "bj", "cm", "dj", "dz", "eg", "gm", "id", "iq", "jo", "km", "ye"]
RENAME = ("rename", "partners/isdb", "bank")
ADD = ("member-state", "add", "--from", "many.csv")
AMOUNT = ("set", "budget.programmes.lines.works.amount=120", "--update-totals")
COMMANDS = {"rename": RENAME, "add many": ADD, "amount and totals": AMOUNT}
NUDGE = ("set", "plan.directorate.en=Something")
"""Nothing to do, but it writes: so it brings to an end what was interrupted."""


class Case:
    """One command on the register: the files before, those after, and the number of the first call that writes."""

    def __init__(self, root: Path, seam: Seam, words: tuple[str, ...]) -> None:
        self.root, self.words, self.seam = root, words, seam
        self.make()
        self.old = tree(root)
        seam.disarm()
        assert self.run().code == 0
        self.calls = len(seam.log)
        self.first = next(at for at, (name, _) in enumerate(seam.log) if name == "open_new")
        self.new = tree(root)
        seam.die()
        assert here(root, "check").code == 0

    def make(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        make_register(self.root)
        rows = [f"{code},{code} x,{code} y,اسم" for code in COUNTRIES]
        (self.root / "many.csv").write_text("\n".join(["id,name.en,name.fr,name.ar", *rows]), encoding="utf-8")

    def run(self) -> Said:
        return here(self.root, *(str(self.root / one) if one == "many.csv" else one for one in self.words))

    def assert_old_or_new(self, files: dict[str, bytes], about: object) -> None:
        for path, content in visible(files).items():
            assert content in (self.old.get(path), self.new.get(path)), (about, path)

    def recover(self, about: object) -> bool:
        """Let the next command bring it to an end; whether the change was made."""
        assert here(self.root, *NUDGE).code == 0
        files = tree(self.root)
        assert files in (self.old, self.new), about
        assert pending(self.root) == []
        assert self.root.joinpath("data/member-states").exists() == (files == self.new and self.words == ADD)
        return files == self.new


@pytest.fixture(params=COMMANDS)
def case(request: pytest.FixtureRequest, seam: Seam, fast_path: Path) -> Iterator[Case]:
    yield Case(fast_path / "register", seam, COMMANDS[request.param])
    seam.die()


def test_the_command_changes_several_files(case: Case) -> None:
    changed = [path for path in {**case.old, **case.new} if case.old.get(path) != case.new.get(path)]
    assert len(changed) == {RENAME: 4, ADD: 12, AMOUNT: 2}[case.words]


def _kill_everywhere(case: Case, at_first: int, step: int) -> int:
    outcomes = set()
    tried = 0
    for fault in ("kill", "torn"):
        for at in range(at_first, case.calls, step):
            case.make()
            case.seam.arm(at, fault)
            with dying(case.seam):
                case.run()
            case.assert_old_or_new(tree(case.root), at)
            outcomes.add(case.recover(at))
            tried += 1
    assert outcomes == {False, True}
    return tried


def test_killed_at_calls_that_write_it_is_all_old_or_all_new(case: Case) -> None:
    assert _kill_everywhere(case, case.first, 3) > 15


@pytest.mark.long
def test_killed_at_every_call_it_is_all_old_or_all_new(case: Case) -> None:
    assert _kill_everywhere(case, 0, 1) == 2 * case.calls


def _kill_recovery(case: Case, step: int) -> int:
    tried = 0
    for at in range(case.first, case.calls, step):
        for second in range(0, 1000, step):
            case.make()
            case.seam.arm(at, "kill")
            with dying(case.seam):
                case.run()
            case.seam.arm(second, "kill")
            done = False
            with dying(case.seam):
                here(case.root, *NUDGE)
                done = not case.seam.fired
            case.assert_old_or_new(tree(case.root), (at, second))
            case.recover((at, second))
            tried += 1
            if done:
                break
    return tried


def test_recovery_killed_too(case: Case) -> None:
    assert _kill_recovery(case, 17) > 5


@pytest.mark.long
def test_recovery_killed_at_every_third_call_after_every_third_kill(case: Case) -> None:
    assert _kill_recovery(case, 3) > 100


def _fail_everywhere(case: Case, number: int, at_first: int, step: int, *, lasting: bool) -> None:
    for at in range(at_first, case.calls, step):
        case.make()
        case.seam.arm(at, number, lasting=lasting)
        said = case.run()
        case.seam.die()
        now = tree(case.root)
        case.assert_old_or_new(now, at)
        assert said.code in (0, 3, 4, 5), (at, said)
        if said.code and not lasting:
            assert now == case.old, (at, said)
            assert pending(case.root) == []
        if said.code == 0:
            assert visible(now) == case.new, (at, said)
        if said.code and at >= case.first and "taking back what was done failed" not in said.err:
            assert said.code == 5, (at, said)
            assert now == case.old, (at, said)
            assert "cannot be written" in said.err, said
        is_new = case.recover(at)
        assert not (said.code == 0 and not is_new)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_what_fails_while_it_writes_leaves_all_old_or_all_new(case: Case, number: int, lasting: bool) -> None:
    _fail_everywhere(case, number, case.first, 9, lasting=lasting)


@pytest.mark.long
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_any_failing_call_leaves_all_old_or_all_new(case: Case, number: int, lasting: bool) -> None:
    _fail_everywhere(case, number, 0, 1, lasting=lasting)


def test_short_writes_are_gone_on_with(case: Case) -> None:
    case.make()
    case.seam.arm(0, "short", lasting=True)
    assert case.run().code == 0
    case.seam.die()
    assert tree(case.root) == case.new


# Where nothing can be written


def _refused(root: Path, said: Said, old: dict[str, bytes]) -> None:
    assert said.code == 5, said
    assert said.out == ""
    assert tree(root) == old
    assert pending(root) == []
    assert writing.leftovers(str(root)) == []


def test_a_full_disk_is_said_and_leaves_everything_as_it_was(case: Case) -> None:
    case.make()
    case.seam.arm(case.first + 2, errno.ENOSPC, lasting=True)
    said = case.run()
    case.seam.die()
    assert said.code == 5
    assert "cannot be written: the disk is full" in said.err
    assert visible(tree(case.root)) == case.old
    case.recover("full")


@pytest.mark.parametrize("words", [("set", "partners/oic.notes=x"), RENAME], ids=["set", "rename"])
def test_a_limit_on_the_size_of_files_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    make_register(tmp_path)
    old = tree(tmp_path)
    said = apart(tmp_path, *words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)))
    _refused(tmp_path, said, old)
    assert "cannot be written: the file would be larger than is allowed here; nothing was changed\n" in said.err


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="becomes another user")
@pytest.mark.parametrize("words", [("set", "partners/oic.notes=x"), RENAME, ("undo",)], ids=["set", "rename", "undo"])
def test_folders_without_permission_are_said(fast_path: Path, words: tuple[str, ...]) -> None:
    make_register(fast_path)
    assert here(fast_path, *RENAME).code == 0  # so that all is loaded before the user changes
    assert here(fast_path, "undo").code == 0
    assert here(fast_path, "set", "partners/oic.notes=y").code == 0
    old = tree(fast_path)
    folders = [fast_path, *(path for path in fast_path.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    (fast_path / ".git" / "erc").chmod(0o777)
    (fast_path / ".git" / "erc.lock").chmod(0o666)
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:  # root may write anywhere, so become nobody
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            said = here(fast_path, *words)
            os.write(telling, f"{said.code}\n{said.out}{said.err}".encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(telling)
    with os.fdopen(reading, encoding="utf-8") as file:
        code, _, text = file.read().partition("\n")
    for folder in folders:
        folder.chmod(0o755)
    _refused(fast_path, Said(int(code), "", text), old)
    assert "cannot be written: no permission to write there; nothing was changed" in text


# What commands did wrong once


def test_a_file_that_cannot_be_read_is_no_bug(seam: Seam, fast_path: Path) -> None:
    make_register(fast_path)
    codes = set()
    for at in range(100):
        seam.arm(at, errno.EACCES)
        said = here(fast_path, "set", f"partners/oic.notes=x {at}")
        codes.add(said.code)
        seam.die()
    assert codes == {0, 3, 4, 5}


@pytest.mark.parametrize(
    "words",
    [
        ("rename", "partners/old", "older"),
        ("remove", "partners/old", "--reason", "twice"),
    ],
    ids=["rename", "remove"],
)
def test_what_a_file_with_errors_may_point_to_is_not_renamed_or_removed(tmp_path: Path, words: tuple[str, ...]) -> None:
    make_register(tmp_path)
    path = tmp_path / "data/partners/isdb.yaml"
    path.write_bytes(path.read_bytes().replace(b"governmental", b"nonsense"))
    old = tree(tmp_path)
    said = here(tmp_path, *words)
    assert tree(tmp_path) == old
    assert (said.code, said.err) == (
        5,
        "erc: data/partners/isdb.yaml has errors and may point to partners/old: nothing was written; "
        "erc check data/partners/isdb.yaml tells which; mend them first\n",
    )
    assert here(tmp_path, "set", "partners/isdb.category=governmental").code == 0
    assert here(tmp_path, "rename", "partners/old", "older").code == 0


def test_a_decision_that_a_file_with_errors_may_name_is_not_renamed(tmp_path: Path) -> None:
    make_register(tmp_path)
    (tmp_path / "data/activities/forum.yaml").write_bytes(b"because: [meetings\\/opening.decisions.g\\x6f\n")
    said = here(tmp_path, "rename", "meetings/opening.decisions.go", "gone")
    assert said.code == 5
    assert "data/activities/forum.yaml has errors and may point to meetings/opening.decisions.go" in said.err
