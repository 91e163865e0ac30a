"""What a request can fail with, and the exit code of each.

ErcError
    UsageError             2   wrong words on the command line, or an extra that is not installed
    UnreadableError        3   no repository here, or one of another format
    NotFoundError          4   no such record, field or rule
    RefusedError           5   nothing was written, and why
Wrong data is no error of the program: it is a `Finding`. Anything else that is raised is a bug.
"""

from __future__ import annotations


class ErcError(Exception):
    """A request that cannot be served. The message says what is wrong and what to do."""

    exit_code = 70


class UsageError(ErcError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class UnreadableError(ErcError):
    """The repository, or the revision of it that was asked for, cannot be read."""

    exit_code = 3


class NotFoundError(ErcError):
    """No record, field or rule of that name."""

    exit_code = 4


class RefusedError(ErcError):
    """The command would not write: what is there changed meanwhile, or the result would be wrong."""

    exit_code = 5
