"""A wheel, installed elsewhere, works outside this repository with all its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, *words, str(REPOSITORY)], check=True, capture_output=True)
    return next(folder.glob("erc_cli-*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("erc_cli/")}
    package = REPOSITORY / "src" / "erc_cli"
    files = {
        f"erc_cli/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == files


def test_an_installed_wheel_checks_and_proves_a_register_elsewhere(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = tmp_path / "venv" / scripts / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "venv" / "lib" / version / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # the libraries it needs are those of the tests, without the package under test
    (site / "libraries.pth").write_text(_without_the_package(sysconfig.get_paths()["purelib"], tmp_path), "utf-8")
    shutil.copytree(REPOSITORY / "data", tmp_path / "work" / "data")

    def erc(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CI": "true"}
        return subprocess.run(
            [str(python), "-I", "-m", "erc_cli", *words],
            cwd=tmp_path / "work",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    where = subprocess.run(
        [str(python), "-I", "-c", "import erc_cli; print(erc_cli.__file__)"], capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(site))
    assert erc("check", "--strict").returncode == 0
    proof = erc("budget", "check")
    assert proof.returncode == 0
    assert "1,015,113.00" in proof.stdout
    arabic = erc("partner", "list", "--lang", "ar")
    assert arabic.returncode == 0
    assert "منظمة التعاون الإسلامي" in arabic.stdout
    assert "البلد" in arabic.stdout
    made = erc("report", "plan", "--on", "2019-06-30", "--lang", "ar", "-o", "plan.pdf")
    assert (made.returncode, made.stderr) == (0, "")
    assert (tmp_path / "work/plan.pdf").read_bytes().startswith(b"%PDF-"), "the font comes along"


def _without_the_package(purelib: str, tmp_path: Path) -> str:
    """A folder that links every library but the package under test, which is installed there as editable."""
    links = tmp_path / "libraries"
    links.mkdir()
    for entry in Path(purelib).iterdir():
        if "erc" not in entry.name.lower():
            (links / entry.name).symlink_to(entry)
    return f"{links}\n"
