"""Files of documents: fingerprints, and what is no file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from erc_cli.commands.check import check
from erc_cli.store import documents
from erc_cli.store.documents import Fingerprints, fingerprint
from erc_cli.store.worktree import WorkTree
from factories import MemorySource, source

TEXT = b"Agreed.\n"
SHA = "69598c11fb4bbaffcb7996c9827338feb9acdb1fe1f81326f7613a65f14eb9f6"
"""What `sha256sum` says of it."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "documents" / "minutes").mkdir(parents=True)
    (tmp_path / "documents" / "minutes" / "one.txt").write_bytes(TEXT)
    return tmp_path


def test_the_fingerprint_is_what_sha256sum_says(root: Path) -> None:
    assert fingerprint(str(root), "documents/minutes/one.txt") == SHA
    assert fingerprint(str(root), "documents/minutes/two.txt") is None
    assert fingerprint(str(root), "documents/minutes") is None
    assert fingerprint(str(root), "documents/minutes/one.txt/more") is None


def test_a_large_file_is_read_in_pieces(root: Path) -> None:
    content = bytes(range(256)) * 20_000
    (root / "documents" / "large").write_bytes(content)
    assert fingerprint(str(root), "documents/large") == hashlib.sha256(content).hexdigest()


def test_an_empty_file_has_a_fingerprint(root: Path) -> None:
    (root / "documents" / "empty").touch()
    assert fingerprint(str(root), "documents/empty") == hashlib.sha256(b"").hexdigest()


def test_a_file_that_is_too_large_is_not_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", len(TEXT))
    files = Fingerprints(WorkTree(str(root)))
    assert files.get("documents/minutes/one.txt", "not looked at") == SHA
    monkeypatch.setattr(documents, "MAX_BYTES", len(TEXT) - 1)
    files = Fingerprints(WorkTree(str(root)))
    assert files.get("documents/minutes/one.txt", "not looked at") == "not looked at"


def test_no_link_is_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_bytes(TEXT)
    (root / "documents" / "file").symlink_to(outside / "secret")
    (root / "documents" / "folder").symlink_to(outside)
    (root / "documents" / "minutes" / "inside").symlink_to("one.txt")
    for path in ("documents/file", "documents/folder/secret", "documents/minutes/inside"):
        assert fingerprint(str(root), path) is None


def test_documents_itself_may_be_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.txt").write_bytes(TEXT)
    (tmp_path / "documents").symlink_to("elsewhere")
    assert fingerprint(str(tmp_path), "documents/one.txt") is None


def test_a_pipe_does_not_hang(root: Path) -> None:
    os.mkfifo(root / "documents" / "pipe")
    assert fingerprint(str(root), "documents/pipe") is None


def test_a_pointer_of_git_lfs_stands_for_its_file(root: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{SHA}\nsize 8\n".encode()
    (root / "documents" / "text.pdf").write_bytes(pointer)
    assert fingerprint(str(root), "documents/text.pdf") == SHA
    long = pointer + b"x" * 2000
    (root / "documents" / "text.pdf").write_bytes(long)
    assert fingerprint(str(root), "documents/text.pdf") == hashlib.sha256(long).hexdigest()


def test_a_file_is_read_when_it_is_asked_for_and_once(root: Path) -> None:
    files = Fingerprints(WorkTree(str(root)))
    assert (len(files), list(files)) == (0, [])
    assert files["documents/minutes/one.txt"] == SHA
    (root / "documents" / "minutes" / "one.txt").unlink()
    assert files["documents/minutes/one.txt"] == SHA
    assert list(files) == ["documents/minutes/one.txt"]


def test_a_source_without_documents_knows_none() -> None:
    assert "documents/one.txt" not in Fingerprints(object())


DOCUMENT = {
    "id": "one",
    "kind": "minutes",
    "title": {"en": "x", "fr": "x", "ar": "س"},
    "path": "documents/minutes/one.txt",
}


def codes(files: MemorySource | WorkTree) -> list[str]:
    return [finding.code for finding in check(files).findings]


def test_documents_of_any_record_are_looked_at(root: Path) -> None:
    for content, expected in (
        ({"documents": [{**DOCUMENT, "sha256": SHA}]}, []),
        ({"documents": [DOCUMENT]}, []),
        ({"documents": [{**DOCUMENT, "sha256": "0" * 64}]}, ["AGR017"]),
        ({"documents": [{**DOCUMENT, "path": "documents/other.txt", "sha256": SHA}]}, ["AGR018"]),
    ):
        for path, text in source({"member-states/so": content}).files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text)
        assert codes(WorkTree(str(root))) == expected


def test_a_signed_text_without_its_sha256_is_told_what_it_would_be() -> None:
    parties = [
        {"party": "isesco", "signatory": "A", "signed_on": "2019-02-14"},
        {"party": "partners/oic", "signatory": "B", "signed_on": "2019-02-14"},
    ]
    text = {"id": "text", "kind": "signed-text", "path": "documents/text.txt"}
    files = {
        "agreements/a": {"parties": parties, "serves": ["projects/p"], "documents": [text]},
        "documents/text.txt": "Agreed.\n",
    }
    (found,) = [finding for finding in check(source(files)).findings if finding.code == "AGR007"]
    assert (found.problem.expected, found.problem.notes) == (SHA, (f"the file has sha256 {SHA}",))
