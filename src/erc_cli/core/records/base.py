"""What all records have in common."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from erc_cli.core.records.types import (
    Address,
    Amount,
    Currency,
    Day,
    DocumentId,
    FilePath,
    LanguageCode,
    Link,
    Name,
    Number,
    Party,
    Prose,
    Rate,
    Sha256,
    SignedAmount,
    Slug,
)


class Part(BaseModel):
    """A mapping inside a record: frozen, and a key that the model does not know is refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, alias_generator=lambda name: name.rstrip("_")
    )

    KEY: ClassVar[tuple[str, ...]] = ()
    """The fields that tell the items of a list apart; their values, joined by hyphens, are the item's key."""

    @property
    def key(self) -> str:
        """The item's key in its list, as addresses write it."""
        held = self.__dict__
        own = held.get("id")
        return own or "-".join([str(held[name]) for name in self.KEY if held[name] is not None])


def key_of(model: type[Part], item: Mapping[str, Any]) -> str | None:
    """Return the key of an `item` as the file has it, not yet a value of `model`; None where it has none."""
    own = item.get("id")
    if isinstance(own, str):
        return own
    values = [item[name] for name in model.KEY if isinstance(item.get(name), str)]
    return "-".join(values) or None


class Item(Part):
    """An item of a list, told apart by its `id`."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: Slug
    """Its name in its list: lower-case letters, digits and hyphens; never used again for another."""
    formerly: tuple[Slug, ...] = ()
    """Ids that it had before."""


class DatedFact(Part):
    """A fact of a day, told apart by day and kind; an `id` only where two would be the same."""

    KEY: ClassVar[tuple[str, ...]] = ("on", "kind")

    id: Slug | None = None
    """Only where two facts of one kind fall on one day."""


class Source(Part):
    """Where a record was taken from."""

    document: str
    """The document, as people cite it."""
    part: str | None = None
    """The place in it: chapter, project, outcome."""


class Document(Item):
    """A text that belongs to a record."""

    kind: Literal["signed-text", "minutes", "deed", "report", "other"]
    """What it is."""
    title: Name
    """What it is called."""
    path: FilePath | None = None
    """The file below `documents/`."""
    url: Link | None = None
    """Where it is published."""
    language: LanguageCode | None = None
    """The language it is written in."""
    sha256: Sha256 | None = None
    """The fingerprint of the file, so that a changed text is noticed."""


class Correction(Item):
    """A typing error that was put right in what is otherwise only added to."""

    on: Day
    """The day it was put right."""
    field: str
    """The field, with dots."""
    was: str
    """What stood there before."""
    reason: str | None = None
    """Why it was wrong."""


class Record(Part):
    """One file of the register."""

    FOLDER: ClassVar[str]

    id: Slug
    """The record's id, which is the name of its file; it need not be written inside."""

    @property
    def address(self) -> str:
        """`folder/id`."""
        return f"{self.FOLDER}/{self.id}"


class Described(Record):
    """What every record but the plan and the budget may say about itself."""

    description: Prose | None = None
    """A few sentences for readers, in the plan's languages."""
    notes: str | None = None
    """Remarks of the office."""
    source: Source | None = None
    """Where it was taken from."""
    links: tuple[Link, ...] = ()
    """Pages about it; https only."""
    formerly: tuple[Slug, ...] = ()
    """Ids that it had before; they are never used again."""
    documents: tuple[Document, ...] = ()
    """Texts that belong to it."""
    corrections: tuple[Correction, ...] = ()
    """Typing errors put right in dated facts."""


class Revision(Item):
    """One change of an amount: the original stays on file, the last `to` is what counts."""

    on: Day | None = None
    """The day of the change."""
    from_: Amount
    """The amount before it."""
    to: Amount
    """The amount after it; it replaces, it is never added."""
    because: Address | None = None
    """The decision or need that asked for it."""
    reason: str | None = None
    """Why."""


class NumberRevision(Item):
    """One change of a target: the original stays on file, the last `to` is what counts."""

    on: Day | None = None
    """The day of the change."""
    from_: Number
    """The value before it."""
    to: Number
    """The value after it."""
    because: Address | None = None
    """The decision or need that asked for it."""
    reason: str | None = None
    """Why."""


class Contribution(Item):
    """Money, goods or expertise that a party puts in."""

    party: Party
    """Who gives."""
    stage: Literal["pledged", "committed", "received"]
    """How firm it is."""
    form: Literal["cash", "in-kind"]
    """Cash and in-kind never share a figure."""
    currency: Currency | None = None
    """The plan's currency where absent."""
    amount: SignedAmount
    """How much; negative only for money given back."""
    rate: Rate | None = None
    """Plan currency per unit of `currency`."""
    on: Day
    """The day of the pledge, commitment or receipt."""
    valuation: str | None = None
    """How the worth of something in kind was found."""
    follows: Address | None = None
    """The pledge or commitment that this one makes good; never added to it."""
    reason: str | None = None
    """Why it departs from what it follows."""
    instrument: (
        Literal["grant", "voluntary", "sponsorship", "waqf", "zakat", "sadaqa", "endowment", "expertise", "goods"]
        | None
    ) = None
    """The form of giving."""
    deed: DocumentId | None = None
    """The document of the record that founds a waqf or endowment."""
