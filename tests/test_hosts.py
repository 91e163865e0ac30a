"""Working with git and its hosts: doctor, git-setup, the files that init writes, the hooks of this repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from commands_made import here
from erc_cli.cli.app import run
from git_made import commit, git, make_repository, replace, write

SOURCE = "erc-cli @ git+https://example.org/house/erc@v1.0"
PROJECT = Path(__file__).parent.parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "house")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    assert run(["init", str(tmp_path / "new"), "--tool-source", SOURCE]) == 0
    return tmp_path / "new"


# doctor


def test_the_doctor_looks_at_everything_and_changes_nothing(root: Path) -> None:
    write(
        root, "partners/oic", (root / "data/partners/oic.yaml").read_bytes() + b"contacts:\n  - {id: a, role: Office}\n"
    )
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    said = here(root, "doctor", "--format", "json")
    assert said.code == 0, said
    found = json.loads(said.out)
    assert found["schema"] == "erc.doctor/1"
    states = {one["what"]: one["state"] for one in found["items"]}
    assert {"erc", "python", "text", "git", "extra excel", "extra pdf", "cache", "register", "history"} <= set(states)
    assert (states["register"], states["contacts"]) == ("ok", "note")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert ".. contacts" in here(root, "doctor").out


def test_the_doctor_finds_problems(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "partners/oic", "name: [")
    said = here(root, "doctor")
    assert said.code == 1
    assert "1 cannot be read" in said.out
    assert "erc check data/partners/oic.yaml tells why" in said.out
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["doctor"]) == 1
    assert here(tmp_path / "nowhere", "doctor").code == 3


# git-setup


def test_a_clone_is_set_up_once_and_checked(root: Path) -> None:
    assert here(root, "git-setup", "--check").code == 1
    assert git(root, "status", "--porcelain") == ""
    said = here(root, "git-setup")
    assert (said.code, re.findall("^(ok|no)", said.out, re.MULTILINE)) == (0, ["ok"] * 3)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert here(root, "git-setup").out == said.out
    assert here(root, "git-setup", "--check").code == 0
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_hook_lets_right_commits_through_and_stops_wrong_ones(root: Path) -> None:
    assert here(root, "git-setup").code == 0
    replace(root, "partners/oic", "category: governmental", "category: donor")
    commit(root, "right")
    replace(root, "budget", "total: '150.00'", "total: 151.00")
    with pytest.raises(AssertionError, match="BUD001"):
        commit(root, "wrong")
    git(root, "add", "--all")
    replace(root, "budget", "total: 151.00", "total: 150.00")
    with pytest.raises(AssertionError, match="BUD001"):
        git(root, "commit", "--quiet", "--message=staged wrong, right in the work tree")
    git(root, "add", "--all")
    replace(root, "budget", "total: 150.00", "total: 151.00")
    git(root, "commit", "--quiet", "--message=staged right, wrong in the work tree")


def test_an_older_hook_of_ours_is_renewed(root: Path) -> None:
    assert here(root, "git-setup").code == 0
    hook = root / ".git/hooks/pre-commit"
    now = hook.read_text()
    hook.write_text(now.replace(' --at "$staged"', ""))
    assert here(root, "git-setup", "--check").code == 1
    assert here(root, "git-setup").code == 0
    assert hook.read_text() == now


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    for path in (root / ".gitattributes", root / ".git/hooks/pre-commit"):
        path.unlink(missing_ok=True)
        (tmp_path / path.name).write_text("")
        path.symlink_to(tmp_path / path.name)
    said = here(root, "git-setup")
    assert (said.code, said.err.count("is a link")) == (1, 2), said
    assert (tmp_path / ".gitattributes").read_text() == (tmp_path / "pre-commit").read_text() == ""


def test_hooks_that_other_repositories_share_are_left_alone(root: Path, tmp_path: Path) -> None:
    shared = tmp_path / "hooks"
    shared.mkdir()
    git(root, "config", "core.hooksPath", str(shared))
    said = here(root, "git-setup")
    assert (said.code, "lies outside this repository" in said.err) == (1, True), said
    assert list(shared.iterdir()) == []


def test_heads_of_hunks_name_the_item(root: Path) -> None:
    assert here(root, "git-setup").code == 0
    lines = "".join(f"  - id: contact-{n}\n    role: Office\n    name: A\n    email: a@b.example\n" for n in range(5))
    write(root, "partners/oic", (root / "data/partners/oic.yaml").read_text("utf-8") + f"contacts:\n{lines}")
    commit(root)
    text = (root / "data/partners/oic.yaml").read_text("utf-8")
    at = text.rindex("a@b.example")
    write(root, "partners/oic", text[:at] + "c@d.example\n")
    assert "@@   - id: contact-4" in git(root, "diff", "--unified=0")


def test_hooks_of_others_stay(root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho mine\n")
    said = here(root, "git-setup")
    assert said.code == 1
    assert "is another hook: have it call erc check" in said.err
    assert hook.read_text() == "#!/bin/sh\necho mine\n"


def test_without_a_repository_it_is_said(root: Path) -> None:
    shutil.rmtree(root / ".git")
    said = here(root, "git-setup")
    assert (said.code, "not a git repository" in said.err) == (3, True)


# init


def test_a_new_register_has_what_its_hosts_need(made: Path) -> None:
    assert here(made, "check", "--strict").code == 0
    git(made, "init", "--quiet")
    assert here(made, "git-setup").code == 0
    assert not git(made, "status", "--porcelain", "--", ".gitattributes").startswith(" M")
    for path in (".github/workflows/register.yml", ".gitlab-ci.yml"):
        text = (made / path).read_text("utf-8")
        assert SOURCE in text
        assert "@TOOL_SOURCE@" not in text


def test_workflows_fit_their_schemas(made: Path) -> None:
    for schema, paths in {
        "vendor.github-workflows": sorted((made / ".github/workflows").iterdir()),
        "vendor.gitlab-ci": [made / ".gitlab-ci.yml"],
        "vendor.github-actions": [PROJECT / "action.yml"],
    }.items():
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_workflows_have_few_rights_and_are_safe_for_forks(made: Path) -> None:
    check = (made / ".github/workflows/register.yml").read_text("utf-8")
    comment = (made / ".github/workflows/register-comment.yml").read_text("utf-8")
    assert "permissions:\n  contents: read\n\n" in check
    assert "persist-credentials: false" in check
    assert "secrets." not in check + comment
    assert "pull_request_target" not in check + comment
    assert "checkout" not in comment
    assert '--base "$(git merge-base "$BASE" "$HEAD")"' in check
    assert "permissions:\n  actions: read\n  pull-requests: write\n\n" in comment
    for line in (check + comment).splitlines():
        if "uses:" in line:
            assert re.search(r"@[0-9a-f]{40} # v", line), line
        # What a stranger can choose reaches a shell as a variable alone, never as text of the script.
        if line.lstrip().startswith(("run:", "erc ", "gh ")):
            assert "${{" not in line


@pytest.mark.parametrize(
    "source",
    [
        'x"; touch ran #',
        "x\ny",
        "$(touch ran)",
        "${{ secrets.A }}",
        "--index-url=x",
        "a'b",
        "erc-cli",
        "erc-cli==1.0",
        " --index-url=https://x.example",
        "a @ b",
    ],
)
def test_a_source_that_is_none_is_refused(source: str, tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "new"), f"--tool-source={source}"]) == 2
    assert not (tmp_path / "new").exists()


# The hooks of this repository, run by pre-commit itself


@pytest.mark.long
def test_pre_commit_runs_the_hooks(root: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(PROJECT), str(clone))
    revision = git(clone, "rev-parse", "HEAD")
    (root / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {clone}\n    rev: {revision}\n    hooks: [{{id: erc-check}}, {{id: erc-fmt}}]\n"
    )
    assert here(root, "fmt").code == 0
    git(root, "add", "--all")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]

    def hooks() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    done = hooks()
    assert done.returncode == 0, done.stdout + done.stderr
    replace(root, "budget", "total: 150.00", "total: 151.00")
    done = hooks()
    assert done.returncode == 1
    assert "BUD001" in done.stdout


def test_hooks_are_executable_by_their_owner_alone_as_git_wants_them(root: Path) -> None:
    assert here(root, "git-setup").code == 0
    mode = (root / ".git/hooks/pre-commit").stat().st_mode
    assert mode & stat.S_IXUSR
