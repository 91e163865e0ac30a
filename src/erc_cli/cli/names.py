"""The commands: name, module that holds it, one line of help. The modules are imported only when they are used."""

from __future__ import annotations

from typing import Final, NamedTuple


class Command(NamedTuple):
    """A command or a group of commands at the first level. `module` has an `app`."""

    module: str
    help: str


SECTIONS: Final[dict[str, dict[str, Command]]] = {
    "Prove and check": {
        "check": Command("check", "Check every rule on every record; prints the findings."),
        "due": Command("due", "What somebody has to do, on a day: expiring, unsigned, overdue, missing."),
        "explain": Command("explain", "Print the manual page of a rule."),
        "budget": Command("budget", "The budget: show it, prove its totals, revise and share out."),
    },
    "Look": {
        "status": Command("status", "The one screen for a director: money, agreements, due, slips, results."),
        "report": Command("report", "What the directorate hands out: as text, HTML, Excel, Word, PDF and more."),
        "partner": Command("partner", "Partners: list, show, add, rename, retire."),
        "agreement": Command("agreement", "Agreements: list, show, add, and what happens to them."),
        "meeting": Command("meeting", "Meetings: list, show, add, decisions."),
        "project": Command("project", "Projects: list, show, add, tree, stages."),
        "indicator": Command("indicator", "Indicators: list, show with what proves them, record."),
        "activity": Command("activity", "Activities: list, show, add, and what happens to them."),
        "member-state": Command("member_state", "Member States: list, show, add, their needs."),
        "show": Command("show", "Show any record, or one field of it."),
        "find": Command("find", "Find words in every record, in all languages."),
        "links": Command("links", "Show what a record points to, and what points to it."),
    },
    "Review": {
        "diff": Command("diff", "What changed between two revisions, in the register's own terms."),
        "drift": Command("drift", "The schedule against what it was at a revision, with causes."),
        "log": Command("log", "The history of a record or a field: when, who, what was before."),
    },
    "Change": {
        "set": Command("set", "Give a field of any record a value."),
        "unset": Command("unset", "Take a field out of a record, or an item out of a list."),
        "append": Command("append", "Add an item to any list of a record."),
        "edit": Command("edit", "Open a record, or one long text of it, in your editor."),
        "fmt": Command("fmt", "Write files in the canonical layout; data and comments stay."),
        "rename": Command("rename", "Give a record another id; every reference to it follows."),
        "retire": Command("retire", "Give a record its end; nothing is deleted."),
        "import": Command("import_", "Spreadsheets into the register: partners, agreements, activities."),
        "remove": Command("remove", "Take out a record that was created in error."),
        "undo": Command("undo", "Take back the last command's change."),
    },
    "Around it": {
        "init": Command("init", "Make a new, valid, empty register."),
        "doctor": Command("doctor", "Look at what is around: git, extras, hooks; says what could be better."),
        "git-setup": Command("git_setup", "Set up this clone: ids in diffs, a hook that checks before commits."),
        "demo": Command("demo", "Make a large fictional register, for trying things."),
        "completion": Command("completion", "Print the script that completes commands with the tab key."),
        "schema": Command("schema", "Print the JSON Schema of a record type, for editors."),
    },
}

COMMANDS: Final[dict[str, Command]] = {
    name: command for section in SECTIONS.values() for name, command in section.items()
}
