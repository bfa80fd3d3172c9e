"""Types of single fields, with the rule each one keeps."""

import re
from datetime import date

from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, is_valid_number, parse
from phonenumbers.shortnumberinfo import is_valid_short_number_for_region
from pydantic import ConstrainedStr, StrictStr
from pydantic.errors import PydanticValueError
from stdnum.fr import siret

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAF = re.compile(r"[A-U]|\d{2}(\.\d{1,2}[A-Z]?)?")
_ZONE = re.compile(r"(PAYS|REG|DEP|EPCI|COM)-([0-9A-Z]+)")
_PHONE_REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")  # each overseas département has a prefix of its own
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Line(ConstrainedStr):
    """A text on one line, in quotes or not, never a number."""

    strict = True
    strip_whitespace = True
    min_length = 1


class Text(Line):
    """A text of at most 5 000 characters, the limit of the national schema."""

    max_length = 5000


class NotOfForm(PydanticValueError):
    """A text does not keep the rule of its field; `field` names the class of the field."""

    code = "form"
    msg_template = "`{value}` is not {rule}"


class Checked(StrictStr):
    """A string that must pass `accept`; `rule` is the end of the sentence "`x` is not …"."""

    rule = "valid"

    @classmethod
    def __get_validators__(cls):
        yield from super().__get_validators__()
        yield cls.check

    @classmethod
    def check(cls, value: str) -> str:
        """Return `value` or raise `NotOfForm`."""
        if not cls.accept(value):
            raise NotOfForm(value=value, rule=cls.rule, field=cls.__name__.lower())
        return value

    @classmethod
    def accept(cls, value: str) -> bool:
        """Say whether `value` keeps the rule."""
        raise NotImplementedError


class Slug(Checked):
    """The id of a record, which is the name of its file."""

    rule = "a slug: lower-case letters without accents, digits and single hyphens, 80 at most"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `cci-29`."""
        return len(value) <= 80 and SLUG.fullmatch(value) is not None


class PartialDate(Checked):
    """A date as precise as it is known."""

    rule = "a date: YYYY, YYYY-MM or YYYY-MM-DD"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `2024`, `2024-06` and `2024-06-28`."""
        match = _PARTIAL_DATE.fullmatch(value)
        if not match:
            return False
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            return False
        return True


class Url(Checked):
    """A web address."""

    rule = "a web address that starts with https:// or http://"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept what a browser can open."""
        return re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value) is not None


class Phone(Checked):
    """A French telephone number, short numbers included."""

    rule = "a French telephone number, written as dialled in France"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `02 98 00 00 00`, `3006` and the numbers of the overseas départements."""
        try:
            numbers = [parse(value, region) for region in _PHONE_REGIONS]
        except NumberParseException:
            return False
        return any(map(is_valid_number, numbers)) or is_valid_short_number_for_region(numbers[0], "FR")


class Email(Checked):
    """A mailbox of a body, never of a person."""

    rule = "an e-mail address"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept a well-formed address; whether it receives mail is not asked."""
        try:
            validate_email(value, check_deliverability=False)
        except EmailNotValidError:
            return False
        return True


class Siret(Checked):
    """The number of an establishment, with its check digit."""

    rule = "a SIRET: 14 digits with a valid check digit"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept 14 digits that python-stdnum finds valid (La Poste's exception included)."""
        return len(value) == 14 and value.isdigit() and siret.is_valid(value)


class Naf(Checked):
    """A code of the French classification of activities, at any depth."""

    rule = "a NAF code: a section letter, `47`, `47.1`, `47.11` or `47.11A`"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept the forms of the national schema's `ciblage_naf`."""
        return _NAF.fullmatch(value) is not None


class Zone(Checked):
    """A territory in the national schema's form; `DEP-2A` and `DEP-2B` are accepted, which its pattern
    forgets.
    """

    rule = "a zone: UE, PAYS-99100, REG-53, DEP-29, EPCI-200068120 or COM-29232"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept the form only; that the territory exists is the loader's check."""
        return value == "UE" or _ZONE.fullmatch(value) is not None


class Country(Checked):
    """A country, the European Union, or the whole world."""

    rule = "a country: two capital letters (ISO 3166-1), EU, or * for the whole world"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `DE`, `EU` and `*`."""
        return value == "*" or re.fullmatch(r"[A-Z]{2}", value) is not None
