"""`erc check` at the command line: exit codes, formats, streams, wrong words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("good")
    shutil.copytree(DATA, root / "data")
    return root


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan with one wrong total, one partner without French, and one file that is no YAML."""
    root = tmp_path_factory.mktemp("bad")
    shutil.copytree(DATA, root / "data")
    budget = root / "data" / "budget.yaml"
    budget.write_text(budget.read_text("utf-8").replace("total: 1532888.00", "total: 1532889.00"), "utf-8")
    (root / "data" / "partners" / "half.yaml").write_text(
        "name:\n  en: Half\n  ar: نصف\ncategory: donor\nroles:\n  - donor\n", "utf-8"
    )
    (root / "data" / "partners" / "torn.yaml").write_text("name: [\n", "utf-8")
    return root


def erc(*words: str, cwd: Path | None = None, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "erc_cli", *words],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "ERC_ROOT": "", "CI": "true", **environment},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_a_clean_check_says_nothing_on_stdout_and_counts_on_stderr(good: Path) -> None:
    assert erc("check", cwd=good) == (0, "", "40 files, 0 errors, 0 warnings\n")


def test_the_root_is_found_upwards_and_by_option_before_or_after_the_verb(good: Path, tmp_path: Path) -> None:
    clean = (0, "", "40 files, 0 errors, 0 warnings\n")
    assert erc("check", cwd=good / "data" / "partners") == clean
    assert erc("check", "--root", str(good), cwd=tmp_path) == clean
    assert erc("--root", str(good), "check", cwd=tmp_path) == clean
    assert erc("-C", str(good), "check", "--select", "BUD", cwd=tmp_path) == clean
    assert erc("check", cwd=tmp_path, ERC_ROOT=str(good)) == clean


def test_no_register_is_exit_code_3(tmp_path: Path) -> None:
    code, out, err = erc("check", cwd=tmp_path)
    assert (code, out) == (3, "")
    assert err.startswith("erc: no register here")
    assert erc("check", "--root", str(tmp_path / "nowhere"))[0] == 3


def test_findings_have_file_line_column_code_and_the_line_itself(bad: Path) -> None:
    code, out, err = erc("check", cwd=bad)
    assert code == 1
    blocks = out.split("\ndata/")
    assert out.startswith("data/budget.yaml:9:10: error BUD001 ")
    assert "    9 |   total: 1532889.00\n      |          ^^^^^^^^^^\n" in out
    assert any(block.startswith("partners/torn.yaml:2:1: error YML001") for block in blocks)
    assert any(block.startswith("partners/half.yaml:1:1: warning LNG001") for block in blocks)
    assert re.fullmatch(r"42 files, \d+ errors?, \d+ warnings?\n", err)


def test_json_has_all_keys_and_matches_the_other_formats(bad: Path) -> None:
    code, out, err = erc("check", "--format", "json", cwd=bad)
    document = json.loads(out)
    assert (code, err) == (1, "")
    assert document["schema"] == "erc.findings/1"
    total = next(f for f in document["findings"] if f["code"] == "BUD001")
    assert (total["path"], total["line"], total["column"]) == ("data/budget.yaml", 9, 10)
    assert (total["record"], total["field"], total["severity"]) == ("budget", "programmes.total", "error")
    assert (total["actual"], total["expected"], total["waived"]) == ("1532889.00", "1532888.00", None)
    assert [related["line"] for related in total["related"]] == [5, 8]
    keys = {"code", "severity", "message", "path", "line", "column", "record", "field"}
    assert all(keys <= set(finding) for finding in document["findings"])
    lines = erc("check", "--format", "concise", cwd=bad)[1].splitlines()
    assert len(lines) == len(document["findings"])
    order = [(f["path"], f["line"], f["column"], f["code"]) for f in document["findings"]]
    assert order == sorted(order)


def test_paths_show_their_own_findings_alone(bad: Path) -> None:
    code, out, _ = erc("check", "data/partners", cwd=bad)
    assert code == 1
    assert "BUD001" not in out
    assert erc("check", "partners/half.yaml", cwd=bad / "data")[0] == 0
    assert erc("check", "budget.yaml", cwd=bad / "data")[0] == 1
    assert erc("check", "/etc", cwd=bad)[0] == 2


def test_codes_are_selected_and_ignored_by_their_beginnings(bad: Path) -> None:
    assert "BUD001" not in erc("check", "--ignore", "BUD", cwd=bad)[1]
    only = erc("check", "--select", "BUD001", "--format", "concise", cwd=bad)[1]
    assert len(only.splitlines()) == 1
    code, _, err = erc("check", "--select", "BUDD", cwd=bad)
    assert (code, err) == (4, "erc: no rule BUDD (erc explain lists them)\n")


def test_only_errors_fail_unless_strict(bad: Path) -> None:
    assert erc("check", "--select", "LNG", cwd=bad)[0] == 0
    assert erc("check", "--select", "LNG", "--strict", cwd=bad)[0] == 1


def test_wrong_words_are_exit_code_2_and_say_what_is_meant(good: Path) -> None:
    assert erc("chekc") == (2, "", "erc: there is no command chekc: did you mean `erc check`?\n")
    code, _, err = erc("check", "--formt", "json", cwd=good)
    assert code == 2
    assert "--format" in err
    assert erc("check", "--format", "yaml", cwd=good)[2] == (
        "erc: --format yaml: one of text, concise, json, github, gitlab, sarif, junit\n"
    )


def test_a_family_is_no_rule() -> None:
    code, _, err = erc("explain", "bud")
    assert code == 4
    assert re.fullmatch(r"erc: bud is no rule but a family, BUD001 to BUD\d+ \(erc explain lists them\)\n", err)


def test_a_record_can_be_named_by_its_address(bad: Path) -> None:
    code, out, _ = erc("check", "partners/torn", "--format", "concise", cwd=bad)
    assert (code, len(out.splitlines())) == (1, 1)
    assert out.startswith("data/partners/torn.yaml:")
    assert erc("check", "budget", "--format", "concise", cwd=bad)[1].startswith("data/budget.yaml:9:10: error BUD001")


def test_a_path_that_is_not_there_is_wrong_usage(good: Path) -> None:
    said = "erc: partners/oik: there is no such file, folder or record\n"
    assert erc("check", "partners/oik", cwd=good) == (2, "", said)


def test_explain_fits_a_terminal_and_keeps_tables() -> None:
    page = erc("explain", "AGR003")[1]
    assert "\n\nWhich event is legal in which status:\n\n    event               legal in status\n" in page
    assert "\nWhat is not in force cannot be suspended, and what has ended cannot be\nrenewed." in page


def test_explain_knows_every_rule_in_any_case() -> None:
    assert erc("explain", "bud005")[1].startswith("BUD005  error\n")
    code, _, err = erc("explain", "BUD999")
    assert code == 4
    assert err.startswith("erc: no rule BUD999")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["check"], ["budget", "check"], ["partner", "list"]])
def test_a_full_disk_is_said_and_no_bug(bad: Path, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "erc_cli", *words, "--root", str(bad)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 5
    assert b"cannot be written: No space left" in done.stderr


def test_a_closed_pipe_ends_quietly(bad: Path) -> None:
    script = f"{sys.executable} -m erc_cli explain | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[1] == "0"
    assert done.stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256"])
def test_output_is_utf8_whatever_the_locale(bad: Path, encoding: str) -> None:
    plain = erc("check", cwd=bad)
    assert erc("check", cwd=bad, PYTHONIOENCODING=encoding, LC_ALL="C") == plain


def test_colours_only_where_asked(bad: Path) -> None:
    assert "\x1b" not in erc("check", cwd=bad, FORCE_COLOR="1", GITHUB_ACTIONS="true")[1]
    assert "\x1b[31;1merror BUD001" in erc("check", "--color", "always", cwd=bad)[1]
    assert erc("check", "--color", "sometimes", cwd=bad)[0] == 2


def test_github_gets_annotations_with_its_escapes_and_limits(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    for number in range(13):
        file = tmp_path / "data" / "partners" / f"p{number:02}.yaml"
        file.write_text(
            'name:\n  en: "a%b\\nx::error::y,z"\n  fr: b\n  ar: ج\ncategory: "10%, or\\n::error:: so"\n', "utf-8"
        )
    code, out, _ = erc("check", "--format", "github", "--select", "SCH", cwd=tmp_path)
    lines = out.splitlines()
    assert code == 1
    assert len(lines) == 11
    assert all(line.startswith("::error file=data/partners/p") for line in lines[:10])
    assert lines[0].startswith("::error file=data/partners/p00.yaml,line=5,col=11,endColumn=")
    assert lines[10] == "::notice title=erc check::3 more errors are not shown here: run erc check to see them"
    message = lines[0].split("title=SCH004::")[1]
    assert message.startswith("10%25, or")
    assert "%," not in message


def test_a_property_of_an_annotation_cannot_end_it(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "a,b::c%d.yaml").write_text("x: y\n", "utf-8")
    out = erc("check", "--format", "github", cwd=tmp_path)[1]
    assert out.startswith("::error file=data/a%2Cb%3A%3Ac%25d.yaml,line=1,col=1,")


def test_version_and_help_need_no_register(tmp_path: Path) -> None:
    code, out, _ = erc("--version", cwd=tmp_path)
    assert (code, out.startswith("erc ")) == (0, True)
    assert erc("--help", cwd=tmp_path)[0] == 0
    assert erc(cwd=tmp_path)[0] == 2
