"""Files that come with the program to be put into a register: workflows of hosts, owners of parts."""

from __future__ import annotations

import os
import re
from typing import Final

from erc_cli.errors import UsageError

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "templates")

HOST_FILES: Final = {
    ".github/workflows/register.yml": "github-check.yml",
    ".github/workflows/register-comment.yml": "github-comment.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
}
"""Path in the register: the template of what checks it there."""

# A place, never a bare name: the package is not published, and whoever took its name would run in CI.
_SOURCE = re.compile(
    r"(?:[A-Za-z0-9._-]+(?:\[[a-z, ]*\])? @ )?(?:git\+https|git\+ssh|https)://[A-Za-z0-9@:/._+~=#&%-]+"
    r"|\.{0,2}/[A-Za-z0-9/._+-]+"
)


def template(name: str) -> str:
    """Return the text of a template."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


def host_files(tool_source: str) -> dict[str, str]:
    """Return the files that have hosts check a register with the program installed from `tool_source`.

    That is what pip installs from: `erc-cli @ git+https://...@v1`. Raises UsageError for what is no such thing.
    """
    if not _SOURCE.fullmatch(tool_source):
        raise UsageError(f"--tool-source {tool_source}: what pip installs from, such as erc-cli @ git+https://...@v1")
    return {path: template(name).replace("@TOOL_SOURCE@", tool_source) for path, name in HOST_FILES.items()}
