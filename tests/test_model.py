"""The register against a plain model of it: whatever is done, in whatever order, the files say what the model says.

Commands, an editor's saves between and during them, `git checkout`, crashes and failures at any call to the system, two
commands at once. The files are read by ruamel, which shares no code with the program's reader.
"""

from __future__ import annotations

import copy
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from commands_made import Said, here, make_register
from erc_cli.store import system, writing
from faults_made import ERRORS, Seam, dying, pending, tree
from layouts_made import Writer, read_by_ruamel

Model = dict[str, Any]
"""Address of a record: what its file says."""

TEXTS = [
    "Harbour",
    "yes",
    "a: b, c # d",
    "two\nlines",
    "الرباط",
    'it\'s "both"',
    "null",
    "[x]",
    "- x",
    "012",
    "many words " * 12 + "end",
    "1.50",
    "2019-01-01",
    "back\\slash",
    "#",
]
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
NUDGE = ("set", "plan.directorate.en=Something")
"""Nothing to do, but it writes: so it brings to an end what was interrupted."""


class Command(NamedTuple):
    """Words, and what they do to the model."""

    words: tuple[str, ...]
    change: Callable[[Model], None]


class Last(NamedTuple):
    """What `erc undo` would take back: of each file the bytes before and after."""

    before: dict[str, bytes | None]
    after: dict[str, bytes | None]


def address_of(path: str) -> str:
    return path.removeprefix("data/").removesuffix(".yaml")


def point_anew(data: Any, old: str, new: str) -> Any:
    """Plain data in which every reference to `old`, or to something in it, is one to `new`."""
    if isinstance(data, dict):
        return {key: point_anew(value, old, new) for key, value in data.items()}
    if isinstance(data, list):
        return [point_anew(item, old, new) for item in data]
    return new + data[len(old) :] if data == old or data.startswith(f"{old}.") else data


def mentions(data: Any, address: str) -> bool:
    return point_anew(data, address, "") != data


def assert_same(found: Mapping[str, Any], meant: Mapping[str, Any], about: object = "") -> None:
    """Two mappings hold the same; if not, only what is different is shown."""
    wrong = {
        name: (found.get(name), meant.get(name)) for name in {**found, **meant} if found.get(name) != meant.get(name)
    }
    assert not wrong, (about, wrong)


class Register(RuleBasedStateMachine):
    """A register in a git repository, and what it should say."""

    seen: Counter[str] = Counter()
    git: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.root = Path(self.folder.name)
        self.patches = pytest.MonkeyPatch()
        self.seam = Seam(self.patches)
        self.patches.setattr(system, "pause", lambda _: None)
        self.ids = 0
        self.last: Last | None = None
        self.commits: list[tuple[str, Model, dict[str, bytes]]] = []
        self.expected_errors = 0

    @initialize()
    def start(self) -> None:
        make_register(self.root)
        shutil.rmtree(self.root / ".git")
        self._git("init", "--quiet")
        self.files = tree(self.root)
        self.model = self._said()
        self._commit()

    def teardown(self) -> None:
        self.seam.die()
        self.patches.undo()
        self.folder.cleanup()

    # What is looked at after every step

    def _said(self) -> Model:
        return {address_of(path): read_by_ruamel(content) for path, content in tree(self.root).items()}

    @invariant()
    def files_say_what_the_model_says(self) -> None:
        assert_same(self._said(), self.model)

    @invariant()
    def nothing_is_left_behind(self) -> None:
        assert writing.leftovers(str(self.root)) == []
        assert pending(self.root) == []

    @invariant()
    def there_are_no_errors_but_those_of_editors(self) -> None:
        assert self._errors() <= self.expected_errors

    def _errors(self) -> int:
        said = here(self.root, "check")
        assert said.code in (0, 1)
        return int(re.search(r"(\d+) errors?, \d+ warnings?", said.err)[1])  # type: ignore[index]

    # Commands

    def _carry_out(self, command: Command, *, may_fail: bool = False) -> Said:
        """Run a command and take over what it did, or see that it did nothing."""
        said = here(self.root, *command.words)
        self.seam.disarm()
        self.seen[f"{command.words[0]} {said.code}"] += 1
        if said.code == 0:
            self._take_over(command)
        else:
            refusals = (3, 4, 5) if may_fail or self.expected_errors else (5,)
            assert said.code in refusals, (command.words, said)
            self._nothing_changed()
        return said

    def _take_over(self, command: Command) -> None:
        """Make the change of the model; files whose data is as it was have their bytes."""
        before, old = self.files, self.model
        self.model = copy.deepcopy(old)
        command.change(self.model)
        self.files = tree(self.root)
        assert_same(self._said(), self.model, command.words)
        for path, content in before.items():
            if old[address_of(path)] == self.model.get(address_of(path)):
                assert self.files[path] == content, path
        self._note_last(before)

    def _note_last(self, before: dict[str, bytes]) -> None:
        changed = [path for path in {**before, **self.files} if before.get(path) != self.files.get(path)]
        if changed:
            now = self.files
            self.last = Last({one: before.get(one) for one in changed}, {one: now.get(one) for one in changed})

    def _nothing_changed(self) -> None:
        assert_same(tree(self.root), self.files)

    def _fresh_id(self) -> str:
        self.ids += 1
        return f"new-{self.ids}"

    def _some(self, data: st.DataObject, *folders: str) -> str:
        return data.draw(st.sampled_from([one for one in self.model if one.partition("/")[0] in folders]))

    def _small(self, data: st.DataObject) -> Command:
        """A change of one record."""
        kinds = [self._set_notes, self._set_name, self._append_alias, self._append_contact, self._unset]
        return data.draw(st.sampled_from(kinds))(data)

    def _large(self, data: st.DataObject) -> Command:
        """A change of several files, or of which files there are."""
        kinds = [self._set_amount, self._add, self._add_many, self._rename, self._rename_item, self._remove]
        return data.draw(st.sampled_from([*kinds, self._rename, self._retire]))(data)

    def _any(self, data: st.DataObject) -> Command:
        return data.draw(st.sampled_from([self._small, self._large]))(data)

    def _set_notes(self, data: st.DataObject) -> Command:
        address, text = (
            self._some(data, "partners", "agreements", "meetings", "budget"),
            data.draw(st.sampled_from(TEXTS)),
        )
        return Command(("set", f"{address}.notes={text}"), lambda model: model[address].update(notes=text))

    def _set_name(self, data: st.DataObject) -> Command:
        address, code = self._some(data, "partners"), data.draw(st.sampled_from(["en", "fr"]))
        text = f"{data.draw(st.sampled_from(TEXTS))} of {address}"
        return Command(
            ("set", f"{address}.name.{code}={text}"), lambda model: model[address]["name"].update({code: text})
        )

    def _set_amount(self, data: st.DataObject) -> Command:
        name, amount = data.draw(st.sampled_from(["works", "talks"])), f"{data.draw(st.integers(1, 10**9))}.00"

        def change(model: Model) -> None:
            lines = model["budget"]["programmes"]["lines"]
            own = next(line for line in lines if line["id"] == name)
            own["amount"] = amount
            model["budget"]["programmes"]["total"] = f"{sum(int(line['amount'][:-3]) for line in lines)}.00"
            model[own["project"]]["budget"] = amount

        return Command(("set", f"budget.programmes.lines.{name}.amount={amount}", "--update-totals"), change)

    def _append_alias(self, data: st.DataObject) -> Command:
        address, alias = self._some(data, "partners"), data.draw(st.sampled_from(TEXTS))

        def change(model: Model) -> None:
            aliases = model[address].setdefault("aliases", [])
            if alias not in aliases:
                aliases.append(alias)

        return Command(("append", f"{address}.aliases", "--", alias), change)

    def _append_contact(self, data: st.DataObject) -> Command:
        address, name, role = self._some(data, "partners"), self._fresh_id(), data.draw(st.sampled_from(TEXTS))
        return Command(
            ("append", f"{address}.contacts", f"role={role}", f"id={name}"),
            lambda model: model[address].setdefault("contacts", []).append({"id": name, "role": role}),
        )

    def _unset(self, data: st.DataObject) -> Command:
        """Take notes out, or all aliases, or one of them: the last one takes the list with it."""
        held = [f"{one}.{key}" for one in self.model for key in ("notes", "aliases") if key in self.model[one]]
        held += [
            f"{one}.aliases.{alias}"
            for one in self.model
            for alias in self.model[one].get("aliases", ())
            if re.fullmatch(r"[^.]+", alias)
        ]
        if not held:
            return self._set_notes(data)
        field = data.draw(st.sampled_from(held))
        address, key, *items = field.split(".")

        def change(model: Model) -> None:
            if items and len(model[address][key]) > 1:
                model[address][key].remove(items[0])
            else:
                del model[address][key]

        return Command(("unset", field), change)

    def _add(self, data: st.DataObject) -> Command:
        name, text = self._fresh_id(), data.draw(st.sampled_from(TEXTS))
        record = {"name": dict.fromkeys(("en", "fr"), f"{text} {name}") | {"ar": "اسم"}, "category": "academic"}
        words = [f"name.{code}={value}" for code, value in record["name"].items()]  # type: ignore[union-attr]
        return Command(
            ("partner", "add", name, *words, "category=academic"),
            lambda model: model.update({f"partners/{name}": record}),
        )

    def _add_many(self, data: st.DataObject) -> Command:
        names = [self._fresh_id() for _ in range(data.draw(st.integers(2, 4)))]
        file = self.root / "many.csv"
        lines = [f"{name},{name} x,{name} y,اسم,academic" for name in names]
        file.write_text("\n".join(["id,name.en,name.fr,name.ar,category", *lines]), encoding="utf-8")
        records = {
            f"partners/{name}": {"name": {"en": f"{name} x", "fr": f"{name} y", "ar": "اسم"}, "category": "academic"}
            for name in names
        }
        return Command(("partner", "add", "--from", str(file)), lambda model: model.update(records))

    def _rename(self, data: st.DataObject) -> Command:
        old = self._some(data, "partners", "agreements", "meetings", "activities", "projects")
        folder, _, old_id = old.partition("/")
        new_id = self._fresh_id()
        new = f"{folder}/{new_id}"

        def change(model: Model) -> None:
            for address in list(model):
                model[address] = point_anew(model[address], old, new)
            model[new] = model.pop(old)
            model[new].setdefault("formerly", []).append(old_id)

        return Command(("rename", old, new_id), change)

    def _rename_item(self, data: st.DataObject) -> Command:
        """A decision that an activity points to, by its address."""
        held = [one for one in self.model if one.startswith("meetings/") and "decisions" in self.model[one]]
        if not held:
            return self._rename(data)
        address, new_id = data.draw(st.sampled_from(held)), self._fresh_id()
        old_id = self.model[address]["decisions"][0]["id"]

        def change(model: Model) -> None:
            for one in list(model):
                model[one] = point_anew(model[one], f"{address}.decisions.{old_id}", f"{address}.decisions.{new_id}")
            item = model[address]["decisions"][0]
            item["id"] = new_id
            item.setdefault("formerly", []).append(old_id)

        return Command(("rename", f"{address}.decisions.{old_id}", new_id), change)

    def _remove(self, data: st.DataObject) -> Command:
        """What nothing points to; what something points to is refused, which the caller sees."""
        address = self._some(data, "partners", "meetings")

        def change(model: Model) -> None:
            assert not any(mentions(model[one], address) for one in model if one not in (address, "plan"))
            del model[address]
            noted = {"id": address, "on": "2020-02-02", "reason": "twice"}
            model["plan"].setdefault("removed", []).append(noted)

        return Command(("remove", address, "--reason", "twice", "--date", "2020-02-02"), change)

    def _retire(self, data: st.DataObject) -> Command:
        address = self._some(data, "partners")
        return Command(
            ("partner", "retire", address.partition("/")[2], "--date", "2021-01-31"),
            lambda model: model[address].update(ended_on="2021-01-31"),
        )

    @rule(data=st.data())
    def change_one_record(self, data: st.DataObject) -> None:
        self._carry_out(self._small(data))

    @rule(data=st.data())
    def change_several(self, data: st.DataObject) -> None:
        self._carry_out(self._large(data))

    @rule(data=st.data())
    def what_is_wrong_is_refused(self, data: st.DataObject) -> None:
        address = self._some(data, "partners")
        taken = self._some(data, "partners").partition("/")[2]
        wrong = [
            ("set", f"{address}.category=nonsense"),
            ("set", f"{address}.succeeds=partners/nowhere"),
            ("set", f"{address}.notes=a\u202eb"),
            ("partner", "add", taken, "name=x", "category=academic"),
            ("rename", address, "Not an id"),
            ("set", "budget.programmes.total=1.00"),
            ("remove", "projects/works", "--reason", "x"),
        ]
        if self.model[address]["category"] == "nonsense":  # of what has errors nobody knows whether it points somewhere
            wrong = [words for words in wrong if words[0] != "set" or not words[1].startswith(f"{address}.")]
        words = data.draw(st.sampled_from(wrong))
        assert here(self.root, *words).code in (2, 4, 5), words
        self._nothing_changed()

    @rule()
    @precondition(lambda self: self.last is not None)
    def undo(self) -> None:
        is_possible = self.last is not None and all(
            self.files.get(path) == content for path, content in self.last.after.items()
        )
        said = here(self.root, "undo")
        self.seen[f"undo {said.code}"] += 1
        assert said.code == (0 if is_possible else 5), said
        if not is_possible or self.last is None:
            self._nothing_changed()
            return
        files: dict[str, bytes | None] = {**self.files, **self.last.before}
        self.files = {path: content for path, content in files.items() if content is not None}
        self._nothing_changed()
        self.last = Last(self.last.after, self.last.before)
        self.model = self._said()
        self.expected_errors = max(self.expected_errors, self._errors())

    # Other programs

    def _saved(self, data: st.DataObject, path: str) -> bytes:
        """What an editor saves: the record in another layout, perhaps with another text, perhaps with an error."""
        record = copy.deepcopy(self.model[address_of(path)])
        kind = data.draw(st.sampled_from(["layout", "text", "text", "wrong"]))
        if kind == "text" and path.startswith(("data/partners", "data/meetings")):
            record["notes"] = data.draw(st.sampled_from(TEXTS))
        elif kind == "wrong" and path.startswith("data/partners"):
            record["category"] = "nonsense"
        chance = random.Random(data.draw(st.integers(0, 10**6)))
        content = Writer(chance).document(record)
        return content if content[:1] not in b"abcdefghijklmnopqrstuvwxyz" else b"# checked\n" + content

    def _save(self, path: str, content: bytes, in_place: bool) -> None:
        file = self.root / path
        if in_place:
            with file.open("r+b") as opened:
                opened.truncate()
                opened.write(content)
        else:
            new = self.root / "new~"
            new.write_bytes(content)
            new.replace(file)

    def _took_note_of(self, path: str, content: bytes) -> None:
        self.files = tree(self.root)
        assert self.files[path] == content
        self.model = self._said()
        self.expected_errors = self._errors()

    @rule(data=st.data(), in_place=st.booleans())
    def an_editor_saves(self, data: st.DataObject, in_place: bool) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        content = self._saved(data, path)
        self._save(path, content, in_place)
        self._took_note_of(path, content)

    @rule(
        data=st.data(), in_place=st.booleans(), moment=st.sampled_from(["open_new", "write_some", "exchange", "move"])
    )
    def an_editor_saves_during_a_command(self, data: st.DataObject, in_place: bool, moment: str) -> None:
        command = self._any(data)
        path = data.draw(st.sampled_from(sorted(self.files)))
        content = self._saved(data, path)
        gone = []

        def save(_: str) -> None:
            if content != before.get(path) and (self.root / path).exists():
                self._save(path, content, in_place)
                gone.append(moment)

        before = self.files
        self.seam.hooks[moment] = save
        said = here(self.root, *command.words)
        self.seam.hooks.clear()
        self.seam.disarm()
        assert said.code in (0, 4, 5), said
        self.seen[f"{'saved' if gone else 'not saved'} during {said.code}"] += 1
        now = tree(self.root)
        if gone and path in now:
            assert now[path] == content or said.code == 0, "an editor's save is lost"
        if said.code == 0:
            model = copy.deepcopy(self.model)
            command.change(model)
            for one, bytes_now in now.items():
                if not (gone and one == path):
                    assert read_by_ruamel(bytes_now) == model[address_of(one)], one
            assert set(map(address_of, now)) == set(model)
            if gone and path in now:  # not in the change, or saved after it was made
                assert now[path] == content
            self.files, self.model = {**now}, self._said()
            self._note_last({**before, **({path: content} if gone and now.get(path) == content else {})})
            if gone and self.last is not None and path in self.last.after:
                self.last = Last({**self.last.before, path: before[path]}, {**self.last.after, path: b"unknown"})
        else:
            assert_same(now, {**before, **({path: content} if gone else {})}, (command.words, said))
            self.files, self.model = now, self._said()
        self.expected_errors = self._errors()

    def _git(self, *words: str) -> str:
        options = ("user.name=a", "user.email=a@b.c", "core.autocrlf=false", "core.hooksPath=/dev/null")
        told = [word for option in options for word in ("-c", option)]
        command = ["git", "-C", str(self.root), *told, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def _commit(self) -> None:
        self._git("add", "--all", "data")
        self._git("commit", "--quiet", "--allow-empty", "--message=one")
        self.commits.append((self._git("rev-parse", "HEAD"), self.model, self.files))

    @rule(data=st.data())
    def checkout_of_another_commit(self, data: st.DataObject) -> None:
        self._commit()
        commit, self.model, self.files = data.draw(st.sampled_from(self.commits))
        self._git("checkout", "--quiet", "--detach", commit)
        self._nothing_changed()
        self.expected_errors = self._errors()

    # What goes wrong

    @rule(
        data=st.data(), at=st.integers(0, 90), fault=st.sampled_from(["kill", "kill", "torn"]), twice=st.integers(0, 90)
    )
    def a_command_is_killed(self, data: st.DataObject, at: int, fault: str, twice: int) -> None:
        """And the command that would recover, too, at call `twice`."""
        command = self._any(data)
        before, said = self.files, None
        self.seam.arm(at, fault)
        with dying(self.seam):
            said = here(self.root, *command.words)
        if said is not None and said.code:
            self._nothing_changed()
            return
        half = tree(self.root)
        self.seam.arm(twice, "kill")
        with dying(self.seam):
            here(self.root, *NUDGE)
        assert here(self.root, *NUDGE).code == 0
        is_new = tree(self.root) != before
        self.seen[f"killed, {'new' if is_new else 'old'}"] += 1
        if is_new:
            self._take_over(command)
        else:
            self._nothing_changed()
            command_was_empty = copy.deepcopy(self.model)
            command.change(command_was_empty) if said is not None else None
            assert said is None or command_was_empty == self.model
        for path, content in half.items():
            assert "/." in path or content in (before.get(path), self.files.get(path)), path

    @rule(data=st.data(), at=st.integers(0, 90), number=st.sampled_from([*ERRORS, "short"]), lasting=st.booleans())
    def a_call_to_the_system_fails(self, data: st.DataObject, at: int, number: int | str, lasting: bool) -> None:
        command = self._any(data)
        before = self.files
        self.seam.arm(at, number, lasting=lasting)
        said = here(self.root, *command.words)
        self.seam.die()
        assert said.code in (0, 3, 4, 5), (command.words, said)
        self.seen[f"failed {said.code}"] += 1
        for path, content in tree(self.root).items():
            if said.code and not lasting and "is kept in" not in said.err:
                assert content == before.get(path), (path, said)
        assert here(self.root, *NUDGE).code == 0
        if tree(self.root) != before or said.code == 0:
            self._take_over(command)

    @rule(data=st.data(), moment=st.sampled_from(["open_lock", "open_new", "exchange", "move", "sync_folder"]))
    def two_commands_at_once(self, data: st.DataObject, moment: str) -> None:
        """The second comes in when the first is at `moment`: before it has the lock, or after."""
        first, second = self._small(data), self._append_contact(data)
        codes: list[int] = []

        def come_in(_: str) -> None:
            codes.append(here(self.root, *second.words).code)
            if codes == [0]:
                self._take_over(second)

        self.seam.hooks[moment] = come_in
        self._carry_out(first)
        self.seam.hooks.clear()
        assert set(codes) <= ({0, 5} if moment == "open_lock" else {5})
        self.seen[f"two at {moment}"] += bool(codes)

    @rule(data=st.data())
    def nothing_is_written_during_a_merge(self, data: st.DataObject) -> None:
        (self.root / ".git" / "MERGE_HEAD").write_bytes(b"0" * 40)
        assert here(self.root, *self._small(data).words).code == 5
        (self.root / ".git" / "MERGE_HEAD").unlink()
        self._nothing_changed()


def _steps(examples: int, steps: int, *, same: bool) -> settings:
    return settings(
        derandomize=same,
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def _run(examples: int, steps: int, *, same: bool = False) -> None:
    """Walk through the machine; `same`: the same steps each time, since a few can be too few of a kind."""
    Register.seen.clear()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:  # what is read once in a process is read here
        make_register(Path(folder))
        for words in (("set", "partners/old.notes=x"), ("rename", "partners/old", "new"), ("undo",), ("check",)):
            assert here(Path(folder), *words).code == 0
    run_state_machine_as_test(Register, settings=_steps(examples, steps, same=same))


def _enough(least: int) -> None:
    """Most commands did what they were asked: a program that refuses everything would do no harm either."""
    done = sum(count for name, count in Register.seen.items() if re.fullmatch(r"(set|unset|append|rename) 0", name))
    refused = sum(count for name, count in Register.seen.items() if re.fullmatch(r"(set|unset|append|rename) 5", name))
    assert done > least, Register.seen
    assert refused < done / 4, Register.seen


def test_the_files_say_what_the_model_says() -> None:
    _run(20, 25, same=True)
    _enough(50)


@pytest.mark.long
def test_the_files_say_what_the_model_says_over_many_steps() -> None:
    _run(400, 50)
    _enough(3000)
