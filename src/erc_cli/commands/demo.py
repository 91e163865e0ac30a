"""`erc demo`: a register of any size that is plainly fictional, for trying out and measuring."""

from __future__ import annotations

import os
from typing import NamedTuple

from erc_cli.core.demo.files import demo_files
from erc_cli.core.demo.world import DemoDocument, DemoRecord
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store import system
from erc_cli.store.emit import emit, to_plain
from erc_cli.store.load import path_of


class Made(NamedTuple):
    """What was made: where, and how many files of records and of documents."""

    folder: str
    records: int
    documents: int


def make_demo(folder: str, partners: int = 200, seed: int = 1) -> Made:
    """Write a register of `partners` partners, and of agreements, meetings, projects and activities to go with them.

    The same `seed` gives the same bytes on every machine. Raises RefusedError where `folder` is there and not empty, or
    nothing can be written there, UsageError where `partners` is less than one.
    """
    if partners < 1:
        raise UsageError(f"a register of {partners} partners cannot be made: ask for one at least")
    refuse_if_not_empty(folder)
    made_folders: set[str] = set()
    records = documents = 0
    for file in demo_files(partners, seed):
        path, content = _written(file)
        where = os.path.join(folder, *path.split("/"))
        above = os.path.dirname(where)
        try:
            if above not in made_folders:
                system.make_folder(above)
                made_folders.add(above)
            system.write_new(where, content)
        except OSError as error:
            raise RefusedError(f"{where} cannot be written: {error.strerror or error}") from error
        if isinstance(file, DemoDocument):
            documents += 1
        else:
            records += 1
    return Made(folder, records, documents)


def _written(file: DemoRecord | DemoDocument) -> tuple[str, bytes]:
    """The path of a file below the folder, and its bytes."""
    if isinstance(file, DemoDocument):
        return file.path, file.content
    address = file.folder if file.folder == file.record_id else f"{file.folder}/{file.record_id}"
    return path_of(address), emit(to_plain(file.data, RECORD_TYPES[file.folder])).encode()


def refuse_if_not_empty(folder: str) -> None:
    """Raise RefusedError where `folder` is there and holds anything, or is no folder."""
    try:
        held = system.list_folder(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise RefusedError(f"{folder} cannot be used: {error.strerror}") from error
    if held:
        raise RefusedError(f"{folder} is not empty: name a folder that is not there yet, or an empty one")
