"""Waivers: findings that are accepted for now, by whom and until when.

What a waiver accepts is seen only when all findings are there: `waiving` reports WVR001 and WVR003.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from erc_cli.core.findings import Problem
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import reading_rule, rule

_NEVER: Final = ("YML", "IDS", "HIS", "WVR", *(f"BUD00{n}" for n in range(1, 8)), "BUD021", "BUD022")
"""Beginnings of the codes that nobody can waive: what cannot be read, told apart, trusted or added up."""

_NEEDED: Final = {"reason": "why it is accepted", "owner": "who answers for it", "until": "when it ends, YYYY-MM-DD"}


def can_be_waived(code: str) -> bool:
    """Whether a waiver of this code has an effect."""
    return not code.startswith(_NEVER)


unknown_target = reading_rule(
    "WVR001",
    """A waiver names a rule and a record that exist.

    A waiver with a slip in its code or record waives nothing, and nobody would notice.

    Passes::

        partners/oic: {name: {fr: ~}}
        waivers/oic-name: {code: LNG001, record: partners/oic}

    Fails::

        partners/oic: {name: {fr: ~}}
        waivers/oic-name: {code: LNG999, record: partners/oic}
    """,
    source="data format, waivers",
)


@rule("WVR002", source="data format, waivers")
def a_waiver_is_answered_for(register: Register) -> Iterator[Problem]:
    """A waiver says why, who answers for it, and when it ends.

    It accepts something wrong for a time. Without an end it would be accepted for good.

    Passes::

        waivers/oic-name: {reason: The French name is being asked for, owner: isesco, until: 2019-06-30}

    Fails::

        waivers/oic-name: {reason: The French name is being asked for, until: ~}
    """
    for waiver in register.waivers:
        for field, what in _NEEDED.items():
            if getattr(waiver, field) is None:
                yield Problem(waiver.address, (field,), f"the waiver has no {field}: say {what}")


unused = reading_rule(
    "WVR003",
    """A waiver waives something.

    What it accepted was put right, or its field is another: then it can go. Waivers of findings that need more than
    one state of the register (families HIS and MRG) are not judged.

    Passes::

        partners/oic: {name: {fr: ~}}
        waivers/oic-name: {code: LNG001, record: partners/oic, field: name}

    Fails::

        partners/oic: {name: {fr: Organisation de la Coopération islamique}}
        waivers/oic-name: {code: LNG001, record: partners/oic, field: name}
    """,
    source="data format, waivers",
    severity="warning",
)


@rule("WVR004", source="data format, waivers")
def the_code_can_be_waived(register: Register) -> Iterator[Problem]:
    """What cannot be read, told apart or added up is not waived.

    These are the families YML, IDS, HIS and WVR, and BUD001 to BUD007, BUD021 and BUD022, the totals that the plan
    prints. Such a waiver has no effect.

    Passes::

        waivers/oic-name: {code: LNG001, record: partners/oic}

    Fails::

        waivers/staff-total: {code: BUD005, record: budget}
    """
    for waiver in register.waivers:
        if not can_be_waived(waiver.code):
            yield Problem(waiver.address, ("code",), f"{waiver.code} cannot be waived: put right what it reports")
