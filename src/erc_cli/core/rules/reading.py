r"""What reading a file finds by itself: text and syntax.

Files are read as a small part of YAML in which a value means what it shows. The examples are whole files of a partner.
In them `\u{202e}` stands for a character that cannot be shown, `\x{e9}` for a byte, and `<70000 times a>` for that
many letters.
"""

from __future__ import annotations

from erc_cli.core.rules.rule import reading_rule

readable = reading_rule(
    "YML001",
    """A file is readable as YAML.

    Only the first problem can be told, since nothing after it can be trusted. Most often it is a quotation mark that
    does not end, a tab at the beginning of a line, or a text with a colon and a space in it that needs quotes.

    Passes::

        name: {en: "Union: all of us", fr: "Union : nous tous", ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: "Union: all of us, fr: "Union : nous tous", ar: الاتحاد}
        category: governmental
    """,
)

key_once = reading_rule(
    "YML002",
    """A key stands once in its mapping.

    Of two keys other programs silently take the last; here both are shown. Keys that are the same only after their
    characters are composed (NFC) are the same.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        category: donor
    """,
)

no_anchors = reading_rule(
    "YML003",
    """Values are written out: no anchors, aliases or merge keys.

    An alias hides what a line says, and a few lines of them can stand for gigabytes.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: &name Union, fr: *name, ar: الاتحاد}
        category: governmental
    """,
)

no_tags = reading_rule(
    "YML004",
    """There are no tags and no directives.

    Tags make programs run code or change what a value means.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: !!str Union, fr: Union, ar: الاتحاد}
        category: governmental
    """,
)

one_document = reading_rule(
    "YML005",
    """A file holds one document.

    One file is one record; what stands after a line of three hyphens would be lost.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        ---
        notes: a second document
    """,
)

no_hidden_characters = reading_rule(
    "YML006",
    r"""Every character can be seen.

    Control characters, characters that turn the direction of text and invisible ones make a reviewer read something
    other than what is there. It holds for comments and for characters written as an escape, too. The zero-width joiner
    and non-joiner are allowed between letters, where some scripts need them. In the examples `\u{202e}`
    stands for the character of that number.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        aliases: [می\u{200c}خواهم]

    Fails::

        name: {en: Uni\u{202e}on, fr: Union, ar: الاتحاد}
        category: governmental
    """,
)

utf8 = reading_rule(
    "YML007",
    r"""A file is written in UTF-8.

    In any other encoding names lose their letters. Save it as UTF-8. In the example `\x{e9}` stands for that one byte.

    Passes::

        name: {en: Unité, fr: Unité, ar: الوحدة}
        category: governmental

    Fails::

        name: {en: Unit\x{e9}, fr: Unité, ar: الوحدة}
        category: governmental
    """,
)

no_mark = reading_rule(
    "YML008",
    r"""A file does not begin with a byte-order mark.

    It cannot be seen, and git shows the first line as changed when one comes or goes. In the example `\u{feff}`
    stands for it.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        \u{feff}name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
    """,
)

composed = reading_rule(
    "YML009",
    r"""Text is composed: NFC.

    The letter é can be written as one character, or as an e and an accent. Both look the same, and are not found by
    one search. `erc fmt` composes them. In the example `\u{301}` stands for the accent.

    Passes::

        name: {en: Unité, fr: Unité, ar: الوحدة}
        category: governmental

    Fails::

        name: {en: Unite\u{301}, fr: Unité, ar: الوحدة}
        category: governmental
    """,
)

no_conflict = reading_rule(
    "YML010",
    """No merge-conflict markers are left.

    Somebody has to choose one of the two versions. Markers inside a block of text count, though YAML would take them
    for text.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        <<<<<<< HEAD
        category: governmental
        =======
        category: donor
        >>>>>>> their-branch
    """,
)

not_too_large = reading_rule(
    "YML011",
    """A file is not larger than 1 MiB.

    A record is a few kilobytes. A larger file is something else that got into `data/`; long texts belong in
    `documents/`.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        # <1048576 times a>
    """,
)

not_too_deep = reading_rule(
    "YML012",
    """Nothing is nested deeper than 32 levels.

    No record needs more than about twelve.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        notes: <32 times [>deep<32 times ]>
    """,
)

not_empty = reading_rule(
    "YML013",
    """A key has a value.

    An empty value can mean unknown, none or forgotten. Leave the key out. `~` and `null` count as empty, so does an
    empty list.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        country:
    """,
)

a_mapping = reading_rule(
    "YML014",
    """A file holds keys with values, and its keys are text.

    An empty file, a list or a text alone says nothing about a record.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        - Union
        - governmental
    """,
)

regular_file = reading_rule(
    "YML015",
    """Records are regular files that can be read.

    A link can lead out of the repository, and a pipe never ends. The examples are names below `data/`.

    Passes::

        partners/oic.yaml

    Fails::

        partners/oic.yaml -> ../elsewhere.yaml
    """,
)

line_ends = reading_rule(
    "YML016",
    r"""Every line ends in a line feed, the last one too.

    Otherwise git shows lines as changed that nobody changed. `erc fmt` puts it right. In the example `\u{d}` stands
    for a carriage return.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}\u{d}
        category: governmental\u{d}
    """,
    severity="warning",
)

not_too_long = reading_rule(
    "YML017",
    """A text is not longer than 64 KiB.

    Nobody reads that much in a table or a report. Long texts belong in `documents/`.

    Passes::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental

    Fails::

        name: {en: Union, fr: Union, ar: الاتحاد}
        category: governmental
        notes: <65537 times a>
    """,
)

canonical_layout = reading_rule(
    "YML018",
    """A file is in the layout of `erc fmt`; looked at with `--strict` alone.

    Keys in the order of the data format, one to a line, no quotes where none are needed, long texts folded. What is
    written always in one way shows in a review only where it says something else. `erc fmt` makes it so, and keeps data
    and comments as they are.

    Passes::

        name:
          en: Union
          fr: Union
          ar: الاتحاد
        category: governmental

    Fails::

        category: "governmental"
        name: {en: Union, fr: Union, ar: الاتحاد}
    """,
    severity="warning",
)

expected_file = reading_rule(
    "YML019",
    """In `data/` there are records and nothing else.

    A file with another ending, in an unknown or a nested folder, is read by nobody and looks as if it were. Leftovers
    of editors are warnings. Names that begin with a dot are ignored. The examples are names below `data/`.

    Passes::

        partners/oic.yaml
        partners/.gitkeep

    Fails::

        partners/oic.yml
    """,
)
