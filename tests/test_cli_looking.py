"""Looking at the register from the command line: streams, exit codes, formats, languages, wrong words."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from erc_cli.cli.app import run
from erc_cli.cli.looking import Plain, full_address, plain_words

DATA = Path(__file__).parent.parent / "data"
NOUNS = ("partner", "agreement", "meeting", "project", "activity", "member-state")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plan")
    shutil.copytree(DATA, root / "data")
    return root


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """The plan with names that mean something to terminals, one torn file and one of a wrong shape."""
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "partners" / "evil.yaml").write_text(
        'name:\n  en: "[oic] [/b] :warning: =1+1"\n  ar: مُنَظَّمَة\ncategory: donor\nunknown: key\n', encoding="utf-8"
    )
    (tmp_path / "data" / "partners" / "torn.yaml").write_text("name: [\n", encoding="utf-8")
    return tmp_path


def erc(*words: str, root: Path, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "erc_cli", "-C", str(root), *words],
        capture_output=True,
        env={**os.environ, "ERC_ROOT": "", "ERC_LANG": "en", **environment},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def on_terminal(*words: str, root: Path, width: int = 80, **environment: str) -> str:
    """What a terminal of that width is sent."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "erc_cli", "-C", str(root), *words],
        stdout=side,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ERC_ROOT": "", "ERC_LANG": "en", "COLUMNS": str(width), "TERM": "xterm", **environment},
    )
    os.close(side)
    chunks = []
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    process.wait()
    os.close(main)
    return b"".join(chunks).decode("utf-8").replace("\r\n", "\n")


PARTNERS = """\
ID            Acronym    Name                                 Category            Country
azerbaijan               Republic of Azerbaijan               national authority  Azerbaijan
oic           OIC        Organization of Islamic Cooperation  governmental
saudi-arabia             Kingdom of Saudi Arabia              national authority  Saudi Arabia
"""


def test_a_list_in_a_pipe_is_plain(plan: Path) -> None:
    assert erc("partner", "list", root=plan) == (0, PARTNERS, "")


def test_the_long_way_gives_the_same(plan: Path) -> None:
    assert erc("partner", "list", "--sort", "id", root=plan) == (0, PARTNERS, "")
    short = erc("show", "partners/oic", root=plan)
    assert erc("show", "partners/oic", "--format", "text", root=plan) == short
    page = erc("partner", "show", "oic", root=plan)
    assert page == erc("partner", "show", "partners/oic", root=plan)
    assert page[1] == short[1] + "\nRelationship\nprospect\n"


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("form", ["table", "plain", "simple", "grid", "md", "csv", "tsv", "json", "jsonl"])
def test_every_list_in_every_format(
    noun: str, form: str, plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["-C", str(plan), noun, "list", "--format", form, "--lang", "ar"]) == 0
    shown, said = capsys.readouterr()
    assert "\x1b" not in shown
    assert "\u2068" not in shown
    if noun in ("agreement", "meeting"):
        assert said.startswith(f"no {noun}s")
    if form == "json":
        document = json.loads(shown)
        assert document["schema"] == "erc.list/1"
        assert len(document["items"]) == {"partner": 3, "project": 11, "activity": 18, "member-state": 6}.get(noun, 0)
    if form == "csv" and noun == "project":
        assert ",766444.00\n" in shown


def test_an_empty_list_says_so_beside_the_answer(plan: Path) -> None:
    heading = "ID    Kind    Parties    Status    Signed    Ends\n"
    assert erc("agreement", "list", root=plan) == (0, heading, "no agreements\n")
    assert erc("agreement", "list", "--format", "json", root=plan) == (
        0,
        '{\n  "schema": "erc.list/1",\n  "items": []\n}\n',
        "no agreements\n",
    )
    assert erc("partner", "list", "--where", "country=fr", root=plan)[2] == "no partners match\n"


def test_headings_and_values_in_french(plan: Path) -> None:
    _, shown, _ = erc("partner", "list", "--lang", "fr", "--where", "id=oic", root=plan)
    assert shown == (
        "ID    Sigle    Nom                                       Catégorie       Pays\n"
        "oic   OCI      Organisation de la Coopération islamique  gouvernemental\n"
    )
    assert erc("partner", "list", root=plan, ERC_LANG="fr")[1].splitlines()[0].split()[1:3] == ["Sigle", "Nom"]


def test_the_plan_says_the_language_never_the_locale(plan: Path) -> None:
    code, shown, _ = erc("partner", "list", root=plan, ERC_LANG="en", LANG="ar_SA.UTF-8", LC_ALL="fr_FR.UTF-8")
    assert (code, shown) == (0, PARTNERS)


def test_broken_files_are_one_line_beside_the_answer(odd: Path) -> None:
    code, shown, said = erc("partner", "list", root=odd)
    assert code == 0
    assert "[oic] [/b] :warning: =1+1" in shown
    assert said == "1 file could not be read: erc check tells why\n"
    assert erc("show", "partners/torn", root=odd) == (
        4,
        "",
        "erc: partners/torn could not be read: erc check data/partners/torn.yaml tells why\n",
    )


def test_a_formula_is_defused_in_csv(odd: Path) -> None:
    shown = erc("partner", "list", "--fields", "id,name.en", "--format", "csv", "--where", "id=evil", root=odd)[1]
    assert shown == "id,name.en\nevil,[oic] [/b] :warning: =1+1\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["partner", "list", "--format", "pdf"], 2, "one of table, plain, simple, grid, md, csv, tsv, json, jsonl"),
        (["partner", "list", "--fields", "nam"], 2, "did you mean name?"),
        (["partner", "list", "--where", "category=dono"], 2, "did you mean donor?"),
        (["partner", "list", "--where", "category"], 2, "write name=value"),
        (["partner", "list", "--sort", "nam"], 2, "did you mean name?"),
        (["partner", "list", "--on", "2019-02-30"], 2, "--on 2019-02-30"),
        (["partner", "list", "--lang", "xx"], 2, "answers are in en, fr, ar"),
        (["partner", "list", "-o", "/nowhere/at/all"], 5, "cannot be written"),
        (["partner", "lst"], 2, "lst"),
        (["partner", "show", "oci"], 4, "did you mean partners/oic?"),
        (["show", "partners/oic.nam"], 4, "did you mean name?"),
        (["show", "partners/oic", "--format", "yaml"], 2, "one of text, json"),
        (["project", "tree", "asn"], 4, "did you mean projects/asan?"),
        (["find", "..."], 2, "no letter and no digit"),
        (["links", "partners/oci"], 4, "did you mean partners/oic?"),
        (["schema", "projct"], 4, "did you mean project?"),
    ],
)
def test_wrong_words(words: list[str], code: int, said: str, plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(plan), *words] if words[0] != "schema" else words) == code
    shown, told = capsys.readouterr()
    assert shown == ""
    assert said in told


def test_no_register_is_exit_code_3(tmp_path: Path) -> None:
    for words in (
        ["partner", "list"],
        ["show", "partners/oic"],
        ["find", "x"],
        ["budget", "show"],
        ["project", "tree"],
    ):
        code, shown, said = erc(*words, root=tmp_path)
        assert (code, shown) == (3, "")
        assert "is no register" in said


def test_a_file_is_written_in_the_format_of_its_name(plan: Path, tmp_path: Path) -> None:
    for name, start in (("a.csv", "id,acronym"), ("a.json", "{\n"), ("a.md", "| ID |"), ("a.txt", "ID ")):
        assert erc("partner", "list", "-o", str(tmp_path / name), root=plan) == (0, "", "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_closed_pipe_ends_quietly(plan: Path) -> None:
    for words in ("activity list", "find a", "project tree", "show budget"):
        command = f"{sys.executable} -m erc_cli -C {plan} {words} | head -1"
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
        assert done.stderr == b""
        assert done.returncode in (0, 141)


# --- on a terminal ------------------------------------------------------------------------------------------


def test_a_terminal_gets_a_table(plan: Path) -> None:
    lines = on_terminal("partner", "list", root=plan, width=100, NO_COLOR="1").splitlines()
    assert lines[0].split() == ["ID", "Acronym", "Name", "Category", "Country"]
    assert set(lines[1]) == {"─"}
    assert "\x1b[1m" in on_terminal("partner", "list", root=plan)


def test_no_color_leaves_no_escape(plan: Path) -> None:
    for words in (
        ["partner", "list"],
        ["show", "partners/oic"],
        ["project", "tree"],
        ["budget", "show"],
        ["find", "oic"],
    ):
        assert "\x1b" not in on_terminal(*words, root=plan, NO_COLOR="1")


def test_arabic_is_isolated_on_a_terminal(plan: Path) -> None:
    shown = on_terminal("partner", "list", "--lang", "ar", root=plan, NO_COLOR="1")
    assert "\u2068منظمة التعاون الإسلامي\u2069" in shown
    assert shown.count("\u2068") == shown.count("\u2069") > 10
    assert "\u2068" not in erc("partner", "list", "--lang", "ar", root=plan)[1]


@pytest.mark.parametrize("width", [30, 50, 80, 120])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_ids_and_amounts_are_whole_at_every_width(width: int, language: str, plan: Path) -> None:
    shown = on_terminal("project", "list", "--lang", language, root=plan, width=width, NO_COLOR="1")
    assert "environmental-management-award" in shown
    assert shown.count("766\u202f444,00" if language == "fr" else "766,444.00") == 2


def test_a_terminal_gets_long_lists_plain(plan: Path, tmp_path: Path) -> None:
    shutil.copytree(plan / "data", tmp_path / "data")
    text = (plan / "data" / "partners" / "oic.yaml").read_text(encoding="utf-8")
    for number in range(1001):
        (tmp_path / "data" / "partners" / f"p-{number:04}.yaml").write_text(text, encoding="utf-8")
    shown = on_terminal("partner", "list", root=tmp_path, NO_COLOR="1")
    assert "─" not in shown
    assert len(shown.splitlines()) == 1005


# --- the rest -----------------------------------------------------------------------------------------------


def test_find_prints_where(plan: Path) -> None:
    code, shown, said = erc("find", "OCI", "--format", "csv", root=plan)
    assert (code, said) == (0, "")
    assert shown.splitlines()[:2] == [
        "address,name,field,snippet",
        "partners/oic,Organization of Islamic Cooperation,acronyms.fr,OCI",
    ]
    assert erc("find", "zebra", root=plan)[::2] == (0, "nothing found for zebra\n")
    assert json.loads(erc("find", "zebra", "--format", "json", root=plan)[1]) == {"schema": "erc.find/1", "items": []}


def test_links_in_json(plan: Path) -> None:
    document = json.loads(erc("links", "member-states/so", "--format", "json", root=plan)[1])
    assert document["schema"] == "erc.links/1"
    assert document["points_to"] == []
    assert document["pointed_to_by"][0] == {
        "from": "activities/donors-conferences",
        "field": "beneficiaries",
        "name": "Conferences and forums of donors for Member States with special conditions",
    }


BUDGET = """\
Staff, USD
Item                   2019        2020        2021         Total
Basic salaries   176,965.00  190,864.00  217,199.00    585,028.00
Allowances        83,312.00   86,089.00   90,393.00    259,794.00
Social security   22,290.00   23,033.00   24,185.00     69,508.00
New posts         32,320.00   33,397.00   35,066.00    100,783.00
Total            314,887.00  333,383.00  366,843.00  1,015,113.00
"""


def test_the_budget_is_that_of_the_plan(plan: Path) -> None:
    code, shown, said = erc("budget", "show", root=plan)
    assert (code, said) == (0, "")
    assert shown.endswith(BUDGET)
    document = json.loads(erc("budget", "show", "--format", "json", root=plan)[1])
    assert document["schema"] == "erc.budget/1"
    assert document["programmes"]["total"] == {"amount": "1532888.00"}
    assert document["staff"]["total"]["total"] == "1015113.00"
    assert len(erc("budget", "show", "--format", "csv", root=plan)[1].splitlines()) == 15


def test_a_wrong_total_is_marked(plan: Path, tmp_path: Path) -> None:
    shutil.copytree(plan / "data", tmp_path / "data")
    budget = tmp_path / "data" / "budget.yaml"
    budget.write_text(budget.read_text("utf-8").replace("total: 1532888.00", "total: 1532889.00"), "utf-8")
    code, shown, said = erc("budget", "show", root=tmp_path)
    assert code == 0
    assert "! 1,532,889.00" in shown
    assert said == "a total is not the sum of its parts: erc budget check tells where\n"
    assert erc("budget", "check", root=tmp_path)[0] == 1
    assert erc("budget", "check", root=plan)[0] == 0


def test_looking_writes_nothing(plan: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in plan.rglob("*") if path.is_file()}
    for words in (
        ["partner", "list"],
        ["show", "budget"],
        ["find", "a"],
        ["links", "partners/oic"],
        ["project", "tree"],
    ):
        erc(*words, root=plan)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in plan.rglob("*") if path.is_file()} == before


def test_init_and_demo_make_registers_that_can_be_looked_at(tmp_path: Path) -> None:
    for words in (["init", str(tmp_path / "new")], ["demo", str(tmp_path / "demo"), "--partners", "60"]):
        done = subprocess.run([sys.executable, "-m", "erc_cli", *words], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert erc("budget", "show", root=tmp_path / "new")[::2] == (0, "the budget has no amounts yet\n")
    assert (tmp_path / "new" / "schemas" / "partners.json").is_file()
    for noun in NOUNS:
        code, shown, said = erc(noun, "list", "--format", "jsonl", root=tmp_path / "demo")
        assert (code, said) == (0, "")
        addresses = [json.loads(line)["address"] for line in shown.splitlines()]
        assert addresses
        assert erc("show", *addresses[:3], root=tmp_path / "demo")[0] == 0


def test_plain_words() -> None:
    assert plain_words(["partner", "list"]) == Plain(None, "partners", ())
    assert plain_words(["-C", "x", "show", "a", "b"]) == Plain("x", "", ("a", "b"))
    assert plain_words(["member-state", "show", "so"]) == Plain(None, "member-states", ("member-states/so",))
    for words in (["partner", "list", "--sort", "id"], ["show"], ["partner", "show"], ["budget", "show"], ["list"], []):
        assert plain_words(words) is None
    assert full_address("partners", "oic.links") == "partners/oic.links"
    assert full_address("partners", "projects/p") == "projects/p"


def test_plain_lists_load_no_more_than_they_need(plan: Path) -> None:
    """Start-up is what a list takes longest for: models, the parser of command lines and rich stay unloaded."""
    script = (
        "import sys; from erc_cli.cli.looking import look, plain_words\n"
        f"look(plain_words(['-C', {str(plan)!r}, *sys.argv[1:]]))\n"
        "print(sorted({'typer', 'pydantic', 'rich', 'ruamel'} & set(sys.modules)), file=sys.stderr)"
    )
    for words, loaded in ((["partner", "list"], "[]"), (["partner", "show", "oic"], "['pydantic']")):
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == loaded
