"""The register at a revision: read from git's objects, nothing of the repository runs, nothing is written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from commands_made import apart, here
from git_made import commit, git, make_repository, replace, write

OIC = "data/partners/oic.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "house")


def findings(root: Path, *words: str) -> list[str]:
    said = here(root, "check", "--format", "concise", "--no-cache", *words)
    assert said.code in (0, 1), said
    return [*said.out.splitlines(), said.err]


def state(root: Path) -> dict[str, tuple[int, int, bytes]]:
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[str(path)] = (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes())
    return found


def test_a_revision_is_read_as_it_was(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    write(root, "partners/new", (root / OIC).read_bytes().replace(b"Union", b"Federation"))
    commit(root)
    old = json.loads(here(root, "partner", "list", "--format", "json", "--at", first).out)["items"]
    now = json.loads(here(root, "partner", "list", "--format", "json").out)["items"]
    assert [(one["id"], one["category"]) for one in old] == [
        ("isdb", "governmental"),
        ("oic", "governmental"),
        ("old", "governmental"),
    ]
    assert [one["category"] for one in now] == ["governmental", "donor", "donor", "governmental"]
    assert here(root, "show", "partners/oic.category", "--at", "HEAD~1").out == "governmental\n"
    assert here(root, "show", "partners/new", "--at", first[:10]).code == 4


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--on", "2020-01-01"),
        ("due", "--on", "2020-01-01"),
        ("find", "Union"),
        ("links", "partners/oic"),
        ("budget", "show"),
        ("budget", "check"),
        ("project", "tree", "works"),
        ("indicator", "list"),
        ("meeting", "decisions"),
        ("partner", "show", "oic"),
        ("activity", "list"),
    ],
    ids=" ".join,
)
def test_every_reading_command_answers_for_a_revision_as_it_did_then(root: Path, words: tuple[str, ...]) -> None:
    then = here(root, *words)
    assert then.code == 0, then
    shutil.rmtree(root / "data/partners")
    shutil.rmtree(root / "data/projects")
    said = here(root, *words, "--at", "HEAD")
    assert (said.code, said.out) == (0, then.out)


def test_findings_are_those_of_a_checkout_links_and_submodules_too(root: Path) -> None:
    write(root, "partners/wrong", "category: [")
    write(root, "partners/Bad Name", "category: donor\n")
    write(root, "partners/large", "notes: " + "a" * (1024 * 1024))
    (root / "data/partners/linked.yaml").symlink_to("oic.yaml")
    (root / "data/meetings/deeper").mkdir()
    (root / "data/meetings/deeper/x.yaml").write_bytes(b"a: b\n")
    (root / "data/notes.txt").write_bytes(b"x")
    replace(root, "budget", "total: '150.00'", "total: 151.00")
    commit(root)
    there = findings(root)
    assert set(re.findall(r"error ([A-Z]{3}\d{3}) ", "\n".join(there))) >= {
        "YML001",
        "YML011",
        "YML015",
        "YML019",
        "IDS001",
        "BUD001",
    }
    assert findings(root, "--at", "HEAD") == there
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD')},data/partners/sub.yaml")
    git(root, "commit", "--quiet", "--message=sub")
    assert any("data/partners/sub.yaml:1:1: error YML015" in line for line in findings(root, "--at", "HEAD"))


def test_a_register_in_a_folder_of_the_repository_is_found(tmp_path: Path) -> None:
    root = make_repository(tmp_path, "plans/2020 الخطة")
    before = findings(root)
    replace(root, "partners/oic", "category: governmental", "category: donor")
    commit(tmp_path)
    assert findings(root, "--at", "HEAD~1") == before == ["10 files, 0 errors, 0 warnings\n"]
    assert here(root, "show", "partners/oic.category", "--at", "HEAD~1").out == "governmental\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/budget.yaml").write_bytes(b"notes: x\n")
    said = here(tmp_path, "check", "--at", "HEAD")
    assert (said.code, said.err) == (3, "erc: there was no register here at HEAD: that commit has no data/\n")


def test_documents_are_those_of_the_revision(root: Path) -> None:
    (root / "documents").mkdir()
    (root / "documents/a.pdf").write_bytes(b"signed")
    with (root / "data/agreements/accord.yaml").open("ab") as file:
        title = "{en: Text, fr: Texte, ar: نص}"
        line = f"documents: [{{id: text, kind: signed-text, title: {title}, path: documents/a.pdf}}]\n"
        file.write(line.encode())
    commit(root)
    (root / "documents/a.pdf").unlink()
    assert any(" AGR018 " in line for line in findings(root))
    assert not any(" AGR018 " in line for line in findings(root, "--at", "HEAD"))


# What is not there


def test_a_folder_without_git_says_so(tmp_path: Path) -> None:
    make_repository(tmp_path)
    shutil.rmtree(tmp_path / ".git")
    said = here(tmp_path, "check", "--at", "HEAD")
    assert (said.code, said.err) == (3, f"erc: {tmp_path} is in no git repository: revisions cannot be read\n")


@pytest.mark.parametrize(
    "name", ["nothing", "--output=here", "-", "HEAD:data", "HEAD^9", "$(touch ran)", "a\x1b[31m", "a\0b"]
)
def test_names_that_are_no_revisions_are_refused(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    before = state(root)
    said = here(root, "check", f"--at={name}")
    assert said.code == 3
    assert "there is no revision" in said.err
    assert "\x1b" not in said.err
    assert state(root) == before


def test_a_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    commit(root, "more")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    said = here(tmp_path / "shallow", "check", "--at", first)
    assert said.code == 3
    assert said.err.splitlines()[1] == "     this fetches the rest: git fetch --unshallow --tags"
    assert here(tmp_path / "shallow", "check", "--at", "HEAD").code == 0


def test_without_git_it_is_said(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = here(root, "check", "--at", "HEAD")
    assert (said.code, said.err) == (3, "erc: git is not installed: revisions cannot be read\n")


# Nothing of the repository runs, nothing is written


def test_nothing_in_a_repository_runs_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    canary = tmp_path / "ran"
    script = tmp_path / "canary"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\ncat\n")
    script.chmod(0o755)
    for name in ("pre-commit", "post-checkout", "fsmonitor-watchman", "post-index-change", "reference-transaction"):
        shutil.copy(script, root / f".git/hooks/{name}")
    (root / ".gitattributes").write_text("*.yaml diff=run filter=run merge=run textconv=run\n")
    settings = {
        "core.fsmonitor": str(script),
        "diff.run.textconv": str(script),
        "diff.run.command": str(script),
        "diff.external": str(script),
        "filter.run.smudge": str(script),
        "filter.run.clean": "cat",
        "filter.run.process": "",
        "merge.run.driver": str(script),
        "core.pager": str(script),
        "pager.log": str(script),
        "gpg.program": str(script),
        "log.showSignature": "true",
        "core.sshCommand": str(script),
        "alias.ls-tree": f"!{script}",
        "alias.rev-parse": f"!{script}",
        "core.hooksPath": str(root / ".git/hooks"),
    }
    for name, value in settings.items():
        git(root, "config", name, value)
    git(root, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "add", "--all")
    git(
        root,
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "log.showSignature=false",
        "commit",
        "--quiet",
        "--message=x",
    )
    (root / "yaml.py").write_text(f"open({str(canary)!r}, 'w')\n")
    other = git(root, "-c", "core.hooksPath=/dev/null", "commit-tree", "HEAD~1^{tree}", "-m", "other")
    git(root, "-c", "core.hooksPath=/dev/null", "update-ref", f"refs/replace/{git(root, 'rev-parse', 'HEAD')}", other)
    canary.unlink(missing_ok=True)
    before = state(root)
    for words in (
        ("check",),
        ("check", "--at", "HEAD"),
        ("partner", "list", "--at", "HEAD~1"),
        ("show", "partners/oic", "--at", "HEAD"),
    ):
        said = apart(root, *words)
        assert said.code == 0, said
    assert not canary.exists()
    assert state(root) == before


def test_what_is_missing_is_not_fetched_by_a_command_of_the_repository(root: Path, tmp_path: Path) -> None:
    canary, script = tmp_path / "ran", tmp_path / "canary"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\n")
    script.chmod(0o755)
    blob = git(root, "rev-parse", "HEAD:data/partners/oic.yaml")
    (root / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    for name, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::{script}"),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
    ):
        git(root, "config", name, value)
    assert apart(root, "check", "--at", "HEAD").code == 1
    assert apart(root, "show", "partners/oic", "--at", "HEAD").code != 0
    assert not canary.exists()
    (root / "data/partners/oic.yaml").write_text("name: changed\n", encoding="utf-8")
    said = apart(root, "diff")
    assert (said.code, "are missing in this repository" in said.err, canary.exists()) == (3, True, False), said
    subprocess.run(["git", "-C", str(root), "cat-file", "-p", blob], capture_output=True, check=False)
    assert canary.exists()  # so the trap works


def test_a_repository_of_somebody_else_is_read(root: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give files away")
    for path in (root, *root.rglob("*")):
        os.chown(path, 12345, 12345)
    assert here(root, "check", "--at", "HEAD").code == 0
