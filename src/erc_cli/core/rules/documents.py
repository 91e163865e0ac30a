"""AGR, agreements: their texts, and the files of all records' documents."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.core.findings import Problem
from erc_cli.core.lives import is_cancelled, is_of_the_past
from erc_cli.core.records.base import Described, Document
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import full_signature


@rule("AGR007", source="plan, project 1, outcome 1", severity="warning")
def a_signed_text_is_on_file(register: Register) -> Iterator[Problem]:
    """An agreement in force has its signed text among its documents, with the sha256 of the file.

    The fingerprint shows later that the text on file is the one that was signed, wherever it is kept. Not asked for
    agreements `signed_before` a day, nor for those that were over before the plan began.

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          documents:
            - id: text
              kind: signed-text
              url: https://example.org/cooperation.pdf
              sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          documents: [{id: text, kind: signed-text, url: https://example.org/cooperation.pdf}]
    """
    for agreement in register.agreements:
        signed = full_signature(agreement)
        texts = [document for document in agreement.documents if document.kind == "signed-text"]
        if signed is None or agreement.signed_before is not None or any(text.sha256 for text in texts):
            continue
        if is_cancelled(agreement) or is_of_the_past(agreement, register):
            continue
        if not texts:
            message = f"signed on {signed}, and its signed text is not among its documents"
            yield Problem(agreement.address, ("parties",), message)
        for text in texts:
            found = register.files.get(text.path) if text.path is not None else None
            notes = (f"the file has sha256 {found}",) if found else ()
            message = f"the signed text {text.id} has no sha256"
            yield Problem(agreement.address, ("documents", text.id), message, expected=found, notes=notes)


@rule("AGR017", source="data format, documents")
def documents_are_what_they_were(register: Register) -> Iterator[Problem]:
    """The file of a document has the sha256 that the record says.

    Otherwise somebody changed the text, or the record speaks of another one. Documents of all records are looked at; of
    a file kept by Git LFS its pointer will do, and files over 256 MiB are not read.

    Passes::

        documents/minutes.txt: Agreed.
        meetings/committee:
          documents:
            - id: minutes
              kind: minutes
              path: documents/minutes.txt
              sha256: 49721faa8421febb20dcbfb1501817c14af322c3323990fead880c2c9b360363

    Fails::

        documents/minutes.txt: Agreed, and changed later.
        meetings/committee:
          documents:
            - id: minutes
              kind: minutes
              path: documents/minutes.txt
              sha256: 49721faa8421febb20dcbfb1501817c14af322c3323990fead880c2c9b360363
    """
    for record, document, path in _with_files(register):
        found = register.files.get(path)
        if found is not None and document.sha256 is not None and found != document.sha256:
            message = f"{path} is not the file that the record speaks of: its sha256 is {found}"
            at = ("documents", document.id, "sha256")
            yield Problem(record.address, at, message, expected=found, actual=document.sha256)


@rule("AGR018", source="data format, documents")
def files_of_documents_are_there(register: Register) -> Iterator[Problem]:
    """The file that a document names with `path` is there.

    It lies below `documents/` and is a plain file: links are not followed. A text that is kept elsewhere has a `url`.

    Passes::

        documents/minutes.txt: Agreed.
        meetings/committee: {documents: [{id: minutes, kind: minutes, path: documents/minutes.txt}]}

    Fails::

        meetings/committee: {documents: [{id: minutes, kind: minutes, path: documents/minutes.txt}]}
    """
    for record, document, path in _with_files(register):
        if register.files.get(path, "") is None:
            message = f"{path} is not there, or cannot be read as a plain file"
            yield Problem(record.address, ("documents", document.id, "path"), message)


def _with_files(register: Register) -> Iterator[tuple[Described, Document, str]]:
    for record in register.records.values():
        if isinstance(record, Described):
            for document in record.documents:
                if document.path is not None:
                    yield record, document, document.path
