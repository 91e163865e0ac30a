"""Shape: the keys, types and words of every record. Most of it is found when a record is made of its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from erc_cli.core.countries import COUNTRIES
from erc_cli.core.findings import Path, Problem
from erc_cli.core.records.agreement import AgreementKind, ClearanceKind
from erc_cli.core.records.shape import marked
from erc_cli.core.records.types import Vocabulary
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import reading_rule, rule
from erc_cli.core.suggestions import Suggestions, short
from erc_cli.core.vocabularies import USUAL, words_of

known_key = reading_rule(
    "SCH001",
    """Every key is one that its record has.

    A key with a slip in it would be read by nobody, and what it says would be missing without a word.

    Passes::

        partners/oic: {country: sa}

    Fails::

        partners/oic: {county: sa}
    """,
    source="data format",
)

needed_key = reading_rule(
    "SCH002",
    """The keys that a record cannot be without are there.

    They are few: what a record is called, what kind it is, and what tells it apart. The manual page of each record
    names them.

    Passes::

        partners/oic: {category: governmental}

    Fails::

        partners/oic: {category: ~}
    """,
    source="data format",
)

right_type = reading_rule(
    "SCH003",
    """A value has the form that its field asks for: a text, a list, a mapping, a link, a reference, true or false.

    Where one thing is expected a list is refused, and where a list is expected one thing, so that nobody has to guess.

    Passes::

        partners/oic: {aliases: [Islamic Conference], links: ["https://www.oic-oci.org"]}

    Fails::

        partners/oic: {aliases: Islamic Conference, links: ["www.oic-oci.org"]}
    """,
    source="data format",
)


@rule("SCH004", source="data format, vocabularies")
def words_are_in_their_vocabulary(register: Register) -> Iterator[Problem]:
    """A word is one of those that its field allows.

    Kinds, categories and stages are the same in every house. Fields and spheres are the house's own where the plan
    lists them, else education, science, culture, communication, environment, humanitarian, governance, heritage,
    endowments and human-rights, and arab, islamic, international, regional and national.

    Passes::

        partners/oic: {category: governmental, fields: [education], sphere: islamic}

    Fails::

        partners/oic: {fields: [eduction]}
    """
    words = {name: _Words(words_of(register.plan, name)) for name in USUAL}
    for record in register.records.values():
        for path, mark, word in marked(record, Vocabulary):
            if word not in words[mark.name].allowed:
                yield words[mark.name].problem(record.address, path, word)
    kinds, stages = _Words(get_args(AgreementKind)), _Words(get_args(ClearanceKind))
    for kind, clearances in register.plan.clearances.items():
        if kind not in kinds.allowed:
            yield kinds.problem("plan", ("clearances", kind), kind)
        for position, clearance in enumerate(clearances):
            if clearance not in stages.allowed:
                yield stages.problem("plan", ("clearances", kind, position), clearance)


class _Words:
    """The words that a field allows."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.allowed, self._suggestions = words, frozenset(words), Suggestions(words)

    def problem(self, address: str, path: Path, word: str) -> Problem:
        near = self._suggestions.nearest(word)
        tail = f" (did you mean {near}?)" if near else f" (allowed: {', '.join(self.words)})"
        return Problem(address, path, f"{short(word)} is not allowed here{tail}", actual=word, fix=near)


plain_amount = reading_rule(
    "SCH005",
    """Amounts and other numbers are written plainly: 766444.00.

    Digits are 0 to 9, without grouping, sign, exponent or leading zero. An amount has as many places as its currency
    has by ISO 4217, two for USD; other numbers have six at most.

    Passes::

        budget: {staff: {total: 1015113.00}}

    Fails::

        budget: {staff: {total: "1,015,113"}}
    """,
    source="data format, amounts",
)

real_date = reading_rule(
    "SCH006",
    """A date is a day of the calendar, written YYYY-MM-DD.

    Where the past or a plan is known only in part, YYYY-MM or YYYY will do; where a day is needed it will not.

    Passes::

        partners/oic: {ended_on: 2020-02-29}

    Fails::

        partners/oic: {ended_on: 2019-02-29}
    """,
    source="data format, dates",
)

in_range = reading_rule(
    "SCH007",
    """A number lies in the range that makes sense for its field.

    Years are from 1900 to 2199, percentages from 0 to 100, a number of months is at least 1, and an amount has fifteen
    digits before the point at most.

    Passes::

        projects/award: {prize: {cycle_months: 24}}

    Fails::

        projects/award: {prize: {cycle_months: 0}}
    """,
    source="data format, amounts",
)

plan_language = reading_rule(
    "SCH008",
    """Texts are in the languages of the plan.

    A text in another language is shown nowhere. Add the language to the plan, or take the text out.

    Passes::

        partners/oic: {acronyms: {en: OIC, fr: OCI}}

    Fails::

        partners/oic: {acronyms: {en: OIC, es: OCI}}
    """,
    source="plan, its three languages",
)

real_currency = reading_rule(
    "SCH009",
    """A currency is a code of ISO 4217, such as USD.

    The code says how many places its amounts have.

    Passes::

        plan: {currency: USD}

    Fails::

        plan: {currency: US$}
    """,
    source="data format, amounts",
)


@rule("SCH010", source="data format, countries")
def member_states_are_countries(register: Register) -> Iterator[Problem]:
    """A country is a code of ISO 3166-1 in lower case, such as sa.

    The id of a Member State is the code of its country, so that partners and beneficiaries of one country meet.

    Passes::

        partners/oic: {country: sa}
        member-states/so: {}

    Fails::

        partners/oic: {country: saudi-arabia}
        member-states/somalia: {}
    """
    for state in register.member_states:
        if state.id not in COUNTRIES:
            message = (
                f"{state.id} is not an ISO 3166-1 country code in lower case, which a Member State's file is named by"
            )
            yield Problem(state.address, (), message, actual=state.id)
