"""`erc completion`: the script that has a shell ask `erc` what can stand where the cursor is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.errors import UsageError

app = new_app()

# What is offered is data: it is quoted by the shells themselves, and nothing of it is evaluated.
SCRIPTS = {
    "bash": """\
_erc() {
    local IFS=$'\\n' cur="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=( $(erc --offers bash "$cur" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null) )
    case "${COMPREPLY[*]}" in *[=./]) compopt -o nospace ;; esac
}
complete -o default -F _erc erc
""",
    "zsh": """\
#compdef erc
_erc() {
    local -a found
    found=("${(@f)$(erc --offers zsh "" "${LBUFFER}" 2>/dev/null)}")
    if [[ -n "${found[*]}" ]]; then
        compadd -Q -S '' -- "${(@q)found}"
    else
        _files
    fi
}
compdef _erc erc
""",
    "fish": """\
complete -c erc -a '(erc --offers fish "" (commandline -cp) 2>/dev/null)'
""",
}

_HOW = {
    "bash": 'eval "$(erc completion bash)"   in ~/.bashrc',
    "zsh": 'eval "$(erc completion zsh)"   in ~/.zshrc, after compinit',
    "fish": "erc completion fish | source   in ~/.config/fish/config.fish",
}


@app.command(no_args_is_help=True)
def completion(shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Your shell.")]) -> int:
    """Print the script that completes commands, options, addresses, codes and values with the tab key.

    What is offered comes from the program and from names of files; no file is read.
    """
    if shell not in SCRIPTS:
        raise UsageError(f"{shell}: one of {', '.join(SCRIPTS)}")
    sys.stdout.write(SCRIPTS[shell])
    if sys.stdout.isatty():
        sys.stderr.write(f"put this into the start-up file of your shell:\n{_HOW[shell]}\n")
    return 0
