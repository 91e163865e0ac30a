"""From files to a register: the same with one process and two, whatever becomes of the second one."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.errors import UnreadableError
from erc_cli.store import parallel, system
from erc_cli.store.format import FORMAT
from erc_cli.store.load import Loaded, load
from erc_cli.store.parallel import BATCH, Ahead, Meeting, send_batches
from erc_cli.store.raw import read_plan
from erc_cli.store.reader import read
from erc_cli.store.worktree import Entry, WorkTree
from factories import MemorySource, raw_source, source

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def put(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A register of 300 partners, of which some cannot be read, some have faults and some are no partners."""
    put(tmp_path, source({"partners/oic": {}}).files)
    good = "name:\n  en: Union {0}\n  fr: Union {0}\n  ar: اتحاد {0}\ncategory: governmental\n"
    other = "name: {{en: Union {0}, fr: Union, ar: اتحاد}}\ncategory: donor\n"
    bad = ["name: [\n", "a: b\na: c\n", "name: {{en: a}}\r\nnotes: ''\n", "category: \u202edonor\n", "name: &a b\n", ""]
    for number in range(300):
        text = good if number % 3 else other if number % 2 else bad[number // 6 % len(bad)]
        (tmp_path / f"data/partners/p-{number:03}.yaml").write_text(text.format(number), newline="")
    (tmp_path / "data/partners/p-020.yaml").unlink()
    (tmp_path / "data/partners/p-020.yaml").symlink_to("p-021.yaml")
    return tmp_path


SCRIPT = """
import json, os, sys
from erc_cli.store import parallel
from erc_cli.store.worktree import WorkTree
{before}
from erc_cli.store.load import load
loaded = load(WorkTree(sys.argv[1]))
{after}
print(json.dumps([
    [repr(record) for record in loaded.register.records.values()],
    loaded.findings,
    sorted(loaded.register.broken), sorted(loaded.register.unreadable), loaded.paths, loaded.has_plan,
]))
"""


def load_apart(root: Path, processes: str, before: str = "", after: str = "") -> Any:
    """What `load` gives in a process of its own, which must say nothing else and leave nothing behind."""
    script = SCRIPT.format(before=textwrap.dedent(before), after=textwrap.dedent(after))
    run = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        env={**os.environ, "ERC_PROCESSES": processes},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stderr == b""
    return json.loads(run.stdout)


# --- two processes ------------------------------------------------------------------------------------------


NOTHING_LEFT = """
try:
    os.waitpid(-1, os.WNOHANG)
    raise SystemExit("a child is left")
except ChildProcessError:
    pass
assert before == sorted(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else True
"""
COUNT = 'before = sorted(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else None'
FORKED = """
forked = []
fork = os.fork
os.fork = lambda: forked.append(fork()) or forked[-1]
"""


@forks
def test_two_processes_give_what_one_gives(many: Path) -> None:
    alone = load_apart(many, "1", FORKED, "assert not forked")
    assert len(alone[0]) == 252
    assert {"YML001", "YML002", "YML003", "YML006", "YML013", "YML014", "YML015", "YML016", "SCH002"} <= {
        finding[0] for finding in alone[1]
    }
    assert load_apart(many, "2", FORKED + COUNT, "assert len(forked) == 1" + NOTHING_LEFT) == alone


@forks
def test_reading_that_was_started_early_is_gone_on_with(many: Path) -> None:
    before = (
        COUNT + FORKED + "parallel.start(sys.argv[1]); parallel.start(sys.argv[1]); assert 'yaml' not in sys.modules"
    )
    after = "assert len(forked) == 1 and not parallel._started" + NOTHING_LEFT
    assert load_apart(many, "2", before, after) == load_apart(many, "1")


def test_starting_early_imports_nothing_heavy() -> None:
    script = (
        "import sys; before = set(sys.modules); from erc_cli.store import parallel; print(*{*sys.modules} - before)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert {"yaml", "ruamel", "pydantic", "typer", "dataclasses", "subprocess", "json"}.isdisjoint(loaded)


DEATHS = {
    "it is killed at once": "def send(*_): os.kill(os.getpid(), 9)",
    "it fails at once": "def send(*_): raise RuntimeError('no')",
    "it leaves quietly at once": "def send(*_): pass",
    "it is killed on its way": """
        count = [0]
        def dumps(*args, real=parallel.marshal.dumps):
            count[0] += 1
            if count[0] == 4:
                os.kill(os.getpid(), 9)
            return real(*args)
        parallel.marshal.dumps = dumps
        send = parallel.send_batches
    """,
    "it is killed in the middle of a message": """
        def write(pipe, data, real=os.write):
            real(pipe, data[:1000])
            os.kill(os.getpid(), 9)
        os.write = write
        send = parallel.send_batches
    """,
    "it hangs": """
        import time
        parallel.PATIENCE = 0.1
        def send(source, entries, pipe, meeting):
            meeting.begin_first()
            time.sleep(100)
    """,
    "it begins everything and sends nothing": """
        def send(source, entries, pipe, meeting):
            while meeting.begin_first() is not None:
                pass
    """,
}


@forks
@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS.keys())
def test_whatever_becomes_of_the_child_the_result_is_the_same(many: Path, death: str) -> None:
    before = COUNT + "\n" + textwrap.dedent(death) + "\nparallel.send_batches = send"
    assert load_apart(many, "2", before, NOTHING_LEFT) == load_apart(many, "1")


@forks
@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_without_a_second_process_one_reads_everything(many: Path, call: str) -> None:
    before = f"""
        def fail():
            raise BlockingIOError(11, "Resource temporarily unavailable")
        os.{call} = fail
    """
    assert load_apart(many, "2", COUNT + textwrap.dedent(before), NOTHING_LEFT) == load_apart(many, "1")


@forks
def test_an_interrupted_parent_leaves_no_child(many: Path) -> None:
    before = """
        from erc_cli.store import load as module
        def interrupted(*_):
            raise KeyboardInterrupt
        real, module.build = module.build, interrupted
        try:
            module.load(WorkTree(sys.argv[1]))
            raise SystemExit("not interrupted")
        except KeyboardInterrupt:
            pass
        module.build = real
    """
    load_apart(many, "2", COUNT + textwrap.dedent(before) + NOTHING_LEFT)


def is_gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in "ZX"


@forks
@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
@pytest.mark.parametrize("how", ["os.kill(os.getpid(), 9)", "os._exit(0)", "raise KeyboardInterrupt", "sys.exit(2)"])
def test_a_child_does_not_outlive_its_parent(many: Path, how: str) -> None:
    script = f"import os, sys{FORKED}from erc_cli.store import parallel\nparallel.start(sys.argv[1])\n"
    script += f"os.write(1, str(forked[0]).encode())\n{how}"
    run = subprocess.run(
        [sys.executable, "-c", script, str(many)],
        env={**os.environ, "ERC_PROCESSES": "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=30,
        check=False,
    )
    deadline = time.monotonic() + 10
    while not is_gone(int(run.stdout)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert is_gone(int(run.stdout))


@forks
def test_an_interrupt_from_the_terminal_ends_the_child_without_a_word(many: Path) -> None:
    script = """
        import os, signal, sys, time
        from erc_cli.store import parallel
        parallel.send_batches = lambda *_: time.sleep(100)
        parallel.start(sys.argv[1])
        time.sleep(0.2)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.killpg(0, signal.SIGINT)
        print(os.waitstatus_to_exitcode(os.wait()[1]))
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(many)],
        env={**os.environ, "ERC_PROCESSES": "2"},
        capture_output=True,
        start_new_session=True,
        timeout=30,
        check=False,
    )
    assert (run.stdout, run.stderr) == (b"-2\n", b"")


# --- when there is a second process -------------------------------------------------------------------------


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As in a process without other threads, on two processors, with nothing asked for."""
    monkeypatch.delenv("ERC_PROCESSES", raising=False)
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    return monkeypatch


@forks
def test_a_child_is_for_many_files_and_several_processors(alone: pytest.MonkeyPatch) -> None:
    assert parallel.may_fork(200)
    assert not parallel.may_fork(199)
    alone.setattr(parallel, "_processors", lambda: 1)
    assert not parallel.may_fork(200)


@forks
def test_the_environment_says_how_many_processes(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("ERC_PROCESSES", "1")
    assert not parallel.may_fork(20_000)
    alone.setenv("ERC_PROCESSES", "2")
    assert parallel.may_fork(1)


@forks
def test_with_threads_there_is_no_child(alone: pytest.MonkeyPatch) -> None:
    alone.setattr("threading.active_count", lambda: 2)
    assert not parallel.may_fork(20_000)
    alone.delitem(sys.modules, "threading")
    assert parallel.may_fork(20_000)


def test_where_there_is_no_fork_there_is_no_child(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("ERC_PROCESSES", "2")
    alone.delattr(os, "fork", raising=False)
    assert not parallel.may_fork(20_000)


def test_processors_are_counted_where_nothing_says_which_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert parallel._processors() == 1


# --- how the two share the files ----------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["cp", "ppc", "ccccp", "c", "p", "cpppp"])
@pytest.mark.parametrize("batches", [0, 1, 2, 7, 20])
def test_parent_and_child_meet_with_nothing_left_out_or_done_twice(order: str, batches: int) -> None:
    meeting = Meeting(batches)
    first: list[int] = []
    last: list[int] = []
    for who in order * (batches + 1) + "cp":
        number = meeting.begin_first() if who == "c" else meeting.begin_last()
        if number is not None:
            (first if who == "c" else last).append(number)
    assert first + last[::-1] == list(range(batches))


def test_the_child_sends_what_it_read(many: Path) -> None:
    tree = WorkTree(str(many))
    entries = tree.entries()[0][: 2 * BATCH + 5]
    receive, pipe = os.pipe()
    meeting = Meeting(3)
    send_batches(tree, entries, pipe, meeting)
    os.close(pipe)
    with os.fdopen(receive, "rb") as file:
        received = file.read()
    sizes = []
    while received:
        size = int.from_bytes(received[:4], "big")
        sizes.append(len(parallel.marshal.loads(received[4 : 4 + size])))
        received = received[4 + size :]
    assert sizes == [BATCH, BATCH, 5]
    assert meeting.begin_last() is None


class _EndedError(Exception):
    pass


@forks
@pytest.mark.parametrize(("error", "code"), [(None, 0), (RuntimeError("no"), 1), (KeyboardInterrupt(), 1)])
def test_the_child_ends_without_clean_up_whatever_happens(
    monkeypatch: pytest.MonkeyPatch, error: BaseException | None, code: int
) -> None:
    signals: dict[int, object] = {}
    ended: list[int] = []

    def end(code: int) -> None:
        ended.append(code)
        raise _EndedError

    def send(*_: object) -> None:
        if error is not None:
            raise error

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(parallel.signal, "signal", signals.__setitem__)
    monkeypatch.setattr(parallel.gc, "disable", lambda: None)
    monkeypatch.setattr(parallel, "send_batches", send)
    receive, pipe = os.pipe()
    with pytest.raises(_EndedError):
        parallel._be_child(WorkTree("."), [], receive, pipe, Meeting(0))
    os.close(pipe)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.close(receive)
    assert ended == [code]
    assert set(signals) == {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    assert set(signals.values()) == {signal.SIG_DFL}


def test_the_child_waits_for_room_but_only_when_it_keeps_too_much() -> None:
    receive, pipe = os.pipe()
    os.set_blocking(pipe, False)
    outbox = parallel._Outbox(pipe)
    message = bytes(1_000_000)
    outbox.put(message)
    outbox.flush(2_000_000)
    taken = os.read(receive, 10_000_000)
    assert 0 < len(taken) < len(message), "it did not stop when the pipe was full"
    script = "import sys\nprint(len(sys.stdin.buffer.read()))"
    with subprocess.Popen([sys.executable, "-c", script], stdin=receive, stdout=subprocess.PIPE) as reader:
        os.close(receive)
        outbox.flush(0)
        os.close(pipe)
        assert reader.stdout is not None
        assert len(taken) + int(reader.stdout.read()) == 4 + len(message)


@pytest.mark.parametrize(
    "content",
    [b"a: b\n", b"a: b\na: c\nd: e\nd: f\n", b"a:\n  - ''\n  - {b: }\n", b"\xff", b"a: [\n", b"a: b\xe2\x80\xaec\r\n"],
)
def test_a_reading_comes_through_the_pipe_as_it_was(content: bytes) -> None:
    reading = read(content)
    carried = parallel.marshal.loads(parallel.marshal.dumps(parallel._to_plain(reading)))
    found = parallel._from_plain(carried)
    assert (found.data, found.faults, found.empty) == (reading.data, reading.faults, reading.empty)
    assert [type(fault) for fault in found.faults] == [type(fault) for fault in reading.faults]
    assert (found.text, found.tree) == (None, None)


def test_a_source_without_a_child_is_read_in_order() -> None:
    files = source({"partners/b": {}, "partners/a": {}})
    with Ahead(files, None) as ahead:
        assert [entry.path for entry, _ in ahead.readings()] == sorted(files.files)


# --- the register -------------------------------------------------------------------------------------------


def found(loaded: Loaded) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.problem.record, finding.field_address) for finding in loaded.findings]


def test_the_folders_are_those_of_the_record_types() -> None:
    assert (*SINGLE, *FOLDERS) == tuple(RECORD_TYPES)


def test_only_some_folders_can_be_loaded() -> None:
    loaded = load(source({"partners/oic": {}, "projects/p": {}}), ["partners"])
    assert list(loaded.register.records) == ["partners/oic", "plan"]


def test_without_a_plan_there_is_no_register() -> None:
    files = source({}).files
    del files["data/plan.yaml"]
    with pytest.raises(UnreadableError, match=r"data/plan\.yaml is missing"):
        load(MemorySource(files))


@pytest.mark.parametrize("version", [str(FORMAT + 1), "9" * 5000])
def test_a_later_format_is_not_read(version: str) -> None:
    with pytest.raises(UnreadableError, match="use a newer erc"):
        load(source({"plan": {"format": version}}))
    with pytest.raises(UnreadableError, match="use a newer erc"):
        read_plan(source({"plan": {"format": version}}))


@pytest.mark.parametrize("version", ["0", "one", "1e9", "-1", "٢", "²"])
def test_a_format_that_is_none_is_a_finding(version: str) -> None:
    files = source({"plan": {"format": version}})
    assert found(load(files))[0][1:] == ("plan", "format")
    assert read_plan(files) is not None


def test_a_plan_that_cannot_be_read_leaves_no_plan() -> None:
    loaded = load(MemorySource({**source({"partners/oic": {}}).files, "data/plan.yaml": b"[\n"}))
    assert not loaded.has_plan
    assert loaded.register.unreadable == {"plan"}
    assert found(loaded)[0][:2] == ("YML001", "plan")


def test_what_is_empty_is_told_once() -> None:
    loaded = load(raw_source(b"name: {en: a, fr: b, ar: c}\ncategory: ~\nconditions:\n  - id: a\n    text:\n"))
    assert found(loaded) == [("YML013", "partners/example", ""), ("YML013", "partners/example", "")]
    assert loaded.register.broken == {"partners/example"}
    assert loaded.register.unreadable == frozenset()


def test_what_is_missing_beside_something_empty_is_told() -> None:
    loaded = load(raw_source(b"name: {en: a, fr: b, ar: c}\nnotes: ~\n"))
    assert found(loaded) == [("YML013", "partners/example", ""), ("SCH002", "partners/example", "category")]


@pytest.mark.parametrize("name", ["OIC", "a--b", "-a", "a_b", "é", "a" * 65, "[b]", "a\nb", ""])
def test_a_name_that_is_no_id_is_a_finding(name: str) -> None:
    loaded = load(raw_source(b"name: {en: a, fr: b, ar: c}\ncategory: donor\n", f"partners/{name}"))
    assert found(loaded) == [("IDS001", f"partners/{name}", "")]


def test_an_id_inside_that_differs_is_a_finding() -> None:
    loaded = load(raw_source(b"id: other\nname: {en: a, fr: b, ar: c}\ncategory: donor\n"))
    assert found(loaded) == [("IDS003", "partners/example", "id")]
    assert "partners/example" in loaded.register.records
    assert not load(raw_source(b"id: example\nname: {en: a, fr: b, ar: c}\ncategory: donor\n")).findings


class _Failing(MemorySource):
    def content(self, path: str) -> bytes:
        """Return the bytes of a file, but of one."""
        if path.endswith("example.yaml"):
            raise OSError(errno.EIO, "Input/output error", path)
        return super().content(path)


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    loaded = load(_Failing(raw_source(b"").files))
    (finding,) = loaded.findings
    assert (finding.code, finding.problem.message) == ("YML015", "cannot be read: Input/output error")
    assert loaded.register.unreadable == {"partners/example"}


@pytest.fixture
def collected() -> Iterator[Callable[[], bool]]:
    import gc

    yield gc.isenabled
    gc.enable()


def test_loading_leaves_garbage_collection_as_it_was(collected: Callable[[], bool]) -> None:
    import gc

    load(source({}))
    assert collected()
    gc.disable()
    load(source({}))
    assert not collected()


# --- the work tree ------------------------------------------------------------------------------------------


def test_what_should_not_be_there_is_told(tmp_path: Path) -> None:
    put(tmp_path, source({"partners/oic": {}}).files)
    put(
        tmp_path,
        {
            "data/README.md": b"",
            "data/partners/oic.yml": b"",
            "data/partners/oic.yaml~": b"",
            "data/partners/#oic.yaml#": b"",
            "data/partners/.oic.yaml.swp": b"",
            "data/partners/deeper/oic.yaml": b"",
            "data/other/oic.yaml": b"",
            "data/.hidden": b"",
            "data/partners/folder.yaml/x": b"",
            "data/plan": b"",
        },
    )
    (tmp_path / "data/partners/link.yaml").symlink_to("oic.yaml")
    (tmp_path / "data/partners/link").symlink_to("oic.yaml")
    os.mkfifo(tmp_path / "data/partners/pipe.yaml")
    told = {
        finding.place.path: (finding.code, finding.severity)
        for finding in load(WorkTree(str(tmp_path))).findings
        if finding.place
    }
    assert told == {
        "data/README.md": ("YML019", "error"),
        "data/other": ("YML019", "error"),
        "data/partners/#oic.yaml#": ("YML019", "warning"),
        "data/partners/deeper": ("YML019", "error"),
        "data/partners/folder.yaml": ("YML019", "error"),
        "data/partners/link": ("YML015", "error"),
        "data/partners/link.yaml": ("YML015", "error"),
        "data/partners/oic.yaml~": ("YML019", "warning"),
        "data/partners/oic.yml": ("YML019", "error"),
        "data/partners/pipe.yaml": ("YML015", "error"),
        "data/plan": ("YML019", "error"),
    }


def test_a_plan_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, source({}).files)
    (tmp_path / "data/plan.yaml").rename(tmp_path / "plan.yaml")
    (tmp_path / "data/plan.yaml").symlink_to("../plan.yaml")
    with pytest.raises(UnreadableError, match=r"data/plan\.yaml is missing"):
        load(WorkTree(str(tmp_path)))
    assert WorkTree(str(tmp_path)).entries(["budget"]) == ([Entry("data/budget.yaml", "budget", "budget")], [])


def test_a_data_folder_that_cannot_be_listed_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="data/ cannot be listed"):
        load(WorkTree(str(tmp_path)))


def test_a_folder_that_cannot_be_listed_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, source({"partners/oic": {}}).files)
    real = system.list_folder

    def listed(path: str) -> list[system.Listed]:
        if path.endswith("partners"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(system, "list_folder", listed)
    (finding,) = load(WorkTree(str(tmp_path))).findings
    assert (finding.code, finding.problem.message) == ("YML015", "the folder cannot be listed: Permission denied")


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "gone"])
def test_what_became_no_regular_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.yaml"
    makers: dict[str, Callable[[], Any]] = {
        "link": lambda: path.symlink_to("b.yaml"),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "gone": lambda: None,
    }
    makers[kind]()
    with pytest.raises(OSError, match="No such file" if kind == "gone" else f"a {kind}") as caught:
        system.read_file(str(path), 10)
    assert isinstance(caught.value, system.NotRegularError) == (kind != "gone")


def test_no_more_is_read_than_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    assert system.read_file(str(path), 4) == b"01234"
    assert system.read_file(str(path), 10) == b"0123456789"
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, most: real(handle, min(most, 3)))
    assert system.read_file(str(path), 4) == b"01234"
    assert system.read_file(str(path), 100) == b"0123456789"
