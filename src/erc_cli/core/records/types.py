"""Field types of the records: every value arrives as text and gets its meaning here, or a coded complaint.

The codes in the errors are those of the SCH and IDS families. Patterns are checked by pydantic itself; `PATTERNS`
says what each stands for, so that a mismatch can be told in words.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from erc_cli.core.countries import COUNTRIES
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_amount, parse_number, plain
from erc_cli.core.periods import NotADateError, PartialDate, parse_date, parse_partial_date


class Setting(NamedTuple):
    """What the plan says that the reading of every record depends on."""

    languages: tuple[str, ...]
    currency: str


SETTING_OF_SCHEMA: Final = Setting((), "")
"""For reading without a plan: any language, and amounts with any places."""


# --- markers, read by `shape` -------------------------------------------------------------------------------


class RefTo(NamedTuple):
    """Marks a field that names a record by `folder/id`; `own` allows the bare id of the own organisation as well."""

    folders: tuple[str, ...]
    own: bool = False
    unit: bool = False


class AddressOf(NamedTuple):
    """Marks a field that holds an address: a record, or a place inside one. Empty `folders` allow all."""

    folders: tuple[str, ...] = ()


class Inside(NamedTuple):
    """Marks a bare id of something inside the plan or the record already named: `area`, `framework`, ..."""

    kind: str


class Translated(NamedTuple):
    """Marks a text in languages; `is_name` for titles and names, which every plan language must have."""

    is_name: bool


class MoneyMark(NamedTuple):
    """Marks an amount; `may_be_negative` where a refund is possible."""

    may_be_negative: bool = False


class Evidence(NamedTuple):
    """Marks evidence: an address, the id of a document of the record, or an https link."""


class Vocabulary(NamedTuple):
    """Marks a word of one of the plan's own vocabularies."""

    name: str


class Internal(NamedTuple):
    """Marks a field that no report, site or export shows unless asked to."""


# --- patterns -----------------------------------------------------------------------------------------------

SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG = f"^{SLUG}$"
_LANGUAGE = r"^[a-z]{2,3}$"
_LINK = r"^https://[^\s/]+[^\s]*$"
_SHA256 = r"^[0-9a-f]{64}$"
_ADDRESS = rf"^(?:[a-z-]+/{SLUG}|budget|plan)(?:\.[^.\s]+)*$"
_OWN_OR_PARTNER = rf"^(?:partners/)?{SLUG}$"
_RECORD = rf"^[a-z-]+/{SLUG}$"
_FILE = r"^documents/[^/\x00\\]+(?:/[^/\x00\\]+)*$"
_ORGANISATION_TYPE = r"^[1-9][0-9]$"

PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    _SLUG: ("IDS001", "is not a slug: lower-case letters a-z, digits and single hyphens, such as isdb-2019"),
    _LANGUAGE: ("SCH003", "is not a language code such as en, fr or ar"),
    _LINK: ("SCH003", "is not an https link"),
    _SHA256: ("SCH003", "is not a sha256: 64 digits 0-9 and a-f"),
    _ADDRESS: ("SCH003", "is not an address such as meetings/isdb-2019 or meetings/isdb-2019.decisions.next-year"),
    _OWN_OR_PARTNER: ("SCH003", "names nobody: write partners/ID, or the bare id of the own organisation or unit"),
    _RECORD: ("SCH003", "is not a reference: write folder/id, such as partners/oic"),
    _FILE: ("SCH003", "is not a path below documents/"),
    _ORGANISATION_TYPE: ("SCH003", "is not an IATI organisation type such as 10, 40 or 80"),
}
"""Pattern: the code of its finding, and what is wrong with text that does not match."""


# --- plain values -------------------------------------------------------------------------------------------


def _need_text(value: Any, what: str) -> str:
    if type(value) is str:
        return value
    raise PydanticCustomError("SCH003", "{what}", {"what": f"must be {what}, not {_kind(value)}"})


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list | tuple) else "a mapping" if isinstance(value, Mapping) else "a text"


def _complain(code: Any, text: str, why: str) -> PydanticCustomError:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return PydanticCustomError(code, "{what}", {"what": f"{shown} {why}"})


def _amount(value: Any, info: ValidationInfo) -> Decimal:
    text = _need_text(value, "an amount")
    setting: Setting = info.context or SETTING_OF_SCHEMA
    currency = info.data.get("currency") or setting.currency
    try:
        if currency not in CURRENCY_PLACES:
            return parse_number(text)
        return parse_amount(text, CURRENCY_PLACES[currency])
    except NotPlainError as error:
        raise _complain("SCH005", text, str(error)) from None
    except OutOfRangeError as error:
        raise _complain("SCH007", text, str(error)) from None


def _number(value: Any) -> Decimal:
    text = _need_text(value, "a number")
    try:
        return parse_number(text)
    except NotPlainError as error:
        raise _complain("SCH005", text, str(error)) from None
    except OutOfRangeError as error:
        raise _complain("SCH007", text, str(error)) from None


class _NumberWithin:
    """A number in a range, ends included; `without_low` leaves out the lower one."""

    def __init__(self, low: str, high: str, *, without_low: bool = False) -> None:
        self.low, self.high, self.without_low = Decimal(low), Decimal(high), without_low

    def __call__(self, value: Any) -> Decimal:
        number = _number(value)
        if self.low <= number <= self.high and not (self.without_low and number == self.low):
            return number
        said = f"is not more than {self.low} and at most {self.high}" if self.without_low else None
        raise _complain("SCH007", plain(number), said or f"is not between {self.low} and {self.high}")


class _Whole:
    """A whole number from `low` to `high`, written in ASCII digits."""

    def __init__(self, low: int, high: int, what: str) -> None:
        self.low, self.high, self.what = low, high, what

    def __call__(self, value: Any) -> int:
        text = _need_text(value, self.what)
        try:
            number = parse_number(text)
        except NotPlainError as error:
            raise _complain("SCH005", text, str(error)) from None
        except OutOfRangeError as error:
            raise _complain("SCH007", text, str(error)) from None
        if number != number.to_integral_value() or "." in text:
            raise _complain("SCH005", text, "is not a whole number")
        if not self.low <= number <= self.high:
            raise _complain("SCH007", text, f"is not between {self.low} and {self.high}")
        return int(number)


def _date(value: Any) -> date:
    text = _need_text(value, "a date")
    try:
        return parse_date(text)
    except NotADateError as error:
        raise _complain("SCH006", text, str(error)) from None


def _partial_date(value: Any) -> PartialDate:
    text = _need_text(value, "a date")
    try:
        return parse_partial_date(text)
    except NotADateError as error:
        raise _complain("SCH006", text, str(error)) from None


def _flag(value: Any) -> bool:
    text = _need_text(value, "true or false")
    if text not in ("true", "false"):
        raise _complain("SCH003", text, "is neither true nor false")
    return text == "true"


_TRUE_OR_FALSE = core_schema.literal_schema(["true", "false"])


def _country(text: str) -> str:
    if text not in COUNTRIES:
        near = " (write it in lower case)" if text.lower() in COUNTRIES else ""
        raise _complain("SCH010", text, f"is not an ISO 3166-1 country code in lower case{near}")
    return text


def _currency(text: str) -> str:
    if text not in CURRENCY_PLACES:
        near = " (write it in capitals)" if text.upper() in CURRENCY_PLACES else ""
        raise _complain("SCH009", text, f"is not an ISO 4217 currency code{near}")
    return text


def _known_language(code: str, info: ValidationInfo) -> str:
    setting: Setting = info.context or SETTING_OF_SCHEMA
    if setting.languages and code not in setting.languages:
        raise _complain("SCH008", code, f"is not a language of the plan ({', '.join(setting.languages)})")
    return code


def _in_languages(value: Any, info: ValidationInfo) -> Any:
    if type(value) is str:
        setting: Setting = info.context or SETTING_OF_SCHEMA
        if len(setting.languages) == 1:
            return {setting.languages[0]: value}
        languages = ", ".join(setting.languages) or "en, fr, ..."
        raise PydanticCustomError("SCH003", "{what}", {"what": f"must be one text per language ({languages})"})
    return value


def _inside_documents(text: str) -> str:
    if any(part in (".", "..") for part in text.split("/")):
        raise _complain("SCH003", text, "leaves documents/")
    return text


class Reads:
    """How a kind of value is read, and what editors are told of it.

    It is ready made, and the last mark of its type: pydantic works nothing out, which for all fields takes as long as
    to check a small register.
    """

    def __init__(self, schema: CoreSchema, pattern: str | None = None, example: str | None = None) -> None:
        self._schema = schema
        self._told = {"type": "string", "pattern": pattern, "examples": [example]} if pattern else None
        self.example = example
        self.is_typed = schema["type"].startswith("function-plain")
        """Whether it makes something other than text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic asks for."""
        return {**self._schema}

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What pydantic asks for."""
        return handler(schema) if self._told is None else dict(self._told)


def _text(pattern: str, check: Callable[[str], str] | None = None) -> Reads:
    schema = core_schema.str_schema(pattern=pattern)
    return Reads(core_schema.no_info_after_validator_function(check, schema) if check is not None else schema)


def _value(read: Callable[[Any], Any], pattern: str, example: str) -> Reads:
    return Reads(core_schema.no_info_plain_validator_function(read), pattern, example)


def _code(check: Callable[[str], str], pattern: str, example: str) -> Reads:
    return Reads(core_schema.no_info_after_validator_function(check, core_schema.str_schema()), pattern, example)


_AMOUNT = core_schema.with_info_plain_validator_function(_amount)

Slug = Annotated[str, Reads(core_schema.str_schema(pattern=_SLUG, max_length=64))]
Amount = Annotated[Decimal, MoneyMark(), Reads(_AMOUNT, r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", "766444.00")]
SignedAmount = Annotated[Decimal, MoneyMark(True), Reads(_AMOUNT, r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", "-50.00")]
Number = Annotated[Decimal, _value(_number, r"^-?(0|[1-9][0-9]*)(\.[0-9]{1,6})?$", "12.5")]
Rate = Annotated[
    Decimal, _value(_NumberWithin("0", "1000000", without_low=True), r"^(0|[1-9][0-9]*)(\.[0-9]{1,6})?$", "1.085")
]
Percentage = Annotated[Decimal, _value(_NumberWithin("0", "100"), r"^(0|[1-9][0-9]?|100)(\.[0-9]{1,6})?$", "40")]
Year = Annotated[int, _value(_Whole(1900, 2199, "a year"), r"^(19|20|21)[0-9]{2}$", "2019")]
Months = Annotated[int, _value(_Whole(1, 1200, "a number of months"), r"^[1-9][0-9]{0,3}$", "36")]
Days = Annotated[int, _value(_Whole(0, 36600, "a number of days"), r"^(0|[1-9][0-9]{0,4})$", "90")]
Count = Annotated[int, _value(_Whole(1, 100000, "a whole number"), r"^[1-9][0-9]{0,5}$", "3")]
Flag = Annotated[
    bool,
    Reads(core_schema.no_info_plain_validator_function(_flag, json_schema_input_schema=_TRUE_OR_FALSE)),
]
Day = Annotated[date, _value(_date, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2019-01-31")]
PartDay = Annotated[PartialDate, _value(_partial_date, r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "2019-01")]
Country = Annotated[str, _code(_country, r"^[a-z]{2}$", "sa")]
Currency = Annotated[str, _code(_currency, r"^[A-Z]{3}$", "USD")]
Link = Annotated[str, _text(_LINK)]
Sha256 = Annotated[str, _text(_SHA256)]
FilePath = Annotated[str, _text(_FILE, _inside_documents)]
OrganisationType = Annotated[str, _text(_ORGANISATION_TYPE)]

LanguageCode = Annotated[str, _text(_LANGUAGE)]

_TEXTS = core_schema.with_info_before_validator_function(
    _in_languages,
    core_schema.dict_schema(
        core_schema.with_info_after_validator_function(_known_language, core_schema.str_schema(pattern=_LANGUAGE)),
        core_schema.str_schema(),
    ),
)
Name = Annotated[dict[str, str], Translated(is_name=True), Reads(_TEXTS)]
Prose = Annotated[dict[str, str], Translated(is_name=False), Reads(_TEXTS)]

# --- references ---------------------------------------------------------------------------------------------

_OwnOrPartner = _text(_OWN_OR_PARTNER)
_Record = _text(_RECORD)
_Address = _text(_ADDRESS)
_Bare = _text(_SLUG)

Party = Annotated[str, RefTo(("partners",), own=True), _OwnOrPartner]
Owner = Annotated[str, RefTo(("partners",), own=True, unit=True), _OwnOrPartner]
PartnerRef = Annotated[str, RefTo(("partners",)), _Record]
AgreementRef = Annotated[str, RefTo(("agreements",)), _Record]
ActivityRef = Annotated[str, RefTo(("activities",)), _Record]
ProjectRef = Annotated[str, RefTo(("projects",)), _Record]
MemberStateRef = Annotated[str, RefTo(("member-states",)), _Record]
AnyRecordRef = Annotated[str, _Record]
Address = Annotated[str, AddressOf(), _Address]
DecisionAddress = Annotated[str, AddressOf(("meetings", "member-states")), _Address]
ProjectAddress = Annotated[str, AddressOf(("projects",)), _Address]
Proof = Annotated[str, Evidence()]
AreaId = Annotated[str, Inside("area"), _Bare]
IndicatorId = Annotated[str, Inside("indicator"), _Bare]
SeriesId = Annotated[str, Inside("series"), _Bare]
FrameworkId = Annotated[str, Inside("framework"), _Bare]
DocumentId = Annotated[str, Inside("document"), _Bare]
FieldWord = Annotated[str, Vocabulary("fields")]
SphereWord = Annotated[str, Vocabulary("spheres")]
