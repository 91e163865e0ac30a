"""What a reviewer is told of a change: each difference with its group, its class, and how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from erc_cli.core.comparing import Pair

if TYPE_CHECKING:  # a change of one record is told without the rest of the register
    from erc_cli.core.effects import Effects
    from erc_cli.core.status import Status
    from erc_cli.core.totals import Equation

Group = Literal[
    "money", "agreements", "meetings", "schedule", "results", "partners", "member-states", "wording", "other"
]
GROUPS: Final[tuple[Group, ...]] = (
    "money",
    "agreements",
    "schedule",
    "meetings",
    "results",
    "partners",
    "member-states",
    "wording",
    "other",
)

Class = Literal[
    "new",
    "removed",
    "correction",
    "no-cost-extension",
    "budget-change",
    "large-budget-change",
    "change-of-results",
    "change-of-parties",
    "status-event",
    "change-of-schedule",
    "wording",
    "other",
]


class Row(NamedTuple):
    """One difference as a reviewer reads it.

    `address` is that of the field or record; `before` and `after` are texts, None for nothing. Amounts have their
    `currency` (empty for the plan's), dates the `days` between them. `why` is the reason or cause on file, `because`
    the decision that asked for it. `left` are the other languages of a text in one language, in which it is as it was.
    """

    group: Group
    kind: Class
    address: str
    before: str | None
    after: str | None
    amounts: tuple[Decimal | None, Decimal | None] | None = None
    currency: str = ""
    days: int | None = None
    why: str = ""
    because: str = ""
    left: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """How much more there is after; None where it is no amount."""
        if self.amounts is None:
            return None
        return (self.amounts[1] or Decimal(0)) - (self.amounts[0] or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of what was before; None without."""
        before = self.amounts[0] if self.amounts is not None else None
        difference = self.difference
        return difference * 100 / abs(before) if before and difference is not None else None


State = Literal["added", "removed", "renamed", "changed"]


class Context(NamedTuple):
    """What differences mean for the rest of the register.

    `stuck` are totals that did not move with their parts; `statuses` and `ends`, the last days in force, are of the
    agreements that changed, before and after. `effects` is None where nobody asked.
    """

    stuck: tuple[Equation, ...]
    statuses: Mapping[str, tuple[Status | None, Status | None]]
    ends: Mapping[str, tuple[date | None, date | None]]
    effects: Effects | None


NO_CONTEXT: Final = Context((), {}, {}, None)


class Review(NamedTuple):
    """What a reviewer is told of a change.

    `records` are those that differ, with the address they had and what happened to them; `formatting` the paths whose
    data is the same, `others` no files of the register, `unread` records that cannot be read on a side. Statuses are
    those of the day `on`.
    """

    names: tuple[str, str]
    records: tuple[tuple[str, str | None, State], ...]
    rows: tuple[Row, ...]
    formatting: tuple[str, ...]
    others: tuple[str, ...]
    unread: tuple[str, ...]
    context: Context
    on: date

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the register differs, not even its layout."""
        return not (self.records or self.formatting or self.unread)


def state_of(pair: Pair) -> State:
    """Return what happened to a record."""
    if pair.before is None:
        return "added"
    if pair.after is None:
        return "removed"
    return "renamed" if pair.before != pair.after else "changed"
