"""Numbers that lead to a person or a firm: telephone, SIRET, SIREN, VAT, IBAN."""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban, luhn
from stdnum.eu import vat

Found = tuple[int, int, str]

# What stands between the digits of one number.
_GAP = r"[ .\-/\u00a0\u202f]{0,2}"
_IBAN = re.compile(rf"\b[a-z]{{2}}{_GAP}\d{{2}}(?:{_GAP}[a-z0-9]){{11,30}}(?![a-z0-9])", re.IGNORECASE)
_RIB = re.compile(rf"(?<!\d)\d{{5}}{_GAP}\d{{5}}{_GAP}[a-z0-9]{{11}}{_GAP}\d{{2}}(?!\d)", re.IGNORECASE)
_FRENCH_IBAN = re.compile(r"FR\d{12}[A-Z0-9]{11}\d{2}", re.IGNORECASE)
_SHORTEST_IBAN = 15
_VAT = re.compile(
    r"\b(?:at|be|bg|cy|cz|de|dk|ee|el|es|fi|fr|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk|xi)"
    rf"{_GAP}[a-z0-9]{{0,2}}(?:{_GAP}\d){{6,12}}[a-z]?\b",
    re.IGNORECASE,
)
_PLUS = re.compile(r"(?<![\d+])\(?(?:\+|00 ?)(?:[ .\-/()\u00a0]{0,2}\d){8,15}(?!\d)")
_NATIONAL = re.compile(rf"(?<![\d+])0(?:{_GAP}\d){{9}}(?!\d)")
_WITHOUT_ZERO = re.compile(rf"(?<![\d+])[67](?:{_GAP}\d\d){{4}}(?!{_GAP}\d)")
_FOURTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{13}}(?!\d)")
_NINE = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{8}}(?!\d)")
_BY_THREES = re.compile(r"\d{3}\D\d{3}\D\d{3}")
_SUM = re.compile(r"^\s?(?:€|k€|euro|eur\b|lignes|habitants|clients)", re.IGNORECASE)
_FIRM_WORD = re.compile(r"\b(?:siren|siret|rcs|kbis|immatricul\w*|tva)\b[^\d\n]{0,25}$", re.IGNORECASE)
_PHONE_WORD = re.compile(
    r"(?:\b(?:t[eé]l(?:[eé]phone)?|portable|mobile|fixe|fax|whatsapp|vini|num[eé]ros?|num|nimewo|joindre|joignable|"
    r"r?app?el\w*|standard)\b|☎)[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_SHORT_PHONE = re.compile(rf"(?<![\d+])\d\d(?:{_GAP}\d\d){{2,4}}(?!{_GAP}\d)")
_DIGIT = "z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf"
_SAID_NUMBER = (
    rf"(?:{_DIGIT}|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingts?|trente|quarante|cinquante|soixante|cent|et)"
)
_SAID_PHONE = re.compile(rf"\bz[ée]ro(?:[\s,\-]+{_SAID_NUMBER}\b){{4,}}", re.IGNORECASE)


def find_numbers(text: str) -> Iterator[Found]:
    """Yield start, end and kind of what looks like a number of a person or a firm.

    More is found than is valid: a number with one wrong digit still says whose it is. The surest kinds come first;
    whoever keeps the spans drops a later one that overlaps.
    """
    yield from _ibans(text)
    yield from _vats(text)
    for match in _PLUS.finditer(text):
        if _is_phone(match.group()):
            yield *match.span(), "phone"
    yield from ((*match.span(), "company_number") for match in _FOURTEEN.finditer(text))
    for pattern in (_NATIONAL, _WITHOUT_ZERO, _SAID_PHONE):
        yield from ((*match.span(), "phone") for match in pattern.finditer(text))
    yield from _sirens(text)
    for match in _SHORT_PHONE.finditer(text):
        if _PHONE_WORD.search(text[: match.start()]):
            yield *match.span(), "phone"


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        end = _end_of_iban(text, match)
        if end:
            yield match.start(), end, "iban"
    yield from ((*match.span(), "iban") for match in _RIB.finditer(text))


def _end_of_iban(text: str, match: re.Match[str]) -> int | None:
    """Return where an IBAN ends that words may follow without a sign between; None where there is none."""
    ends = [at for at in range(match.start(), match.end()) if text[at].isalnum()]
    for length in range(len(ends), _SHORTEST_IBAN - 1, -1):
        if iban.is_valid(text[match.start() : ends[length - 1] + 1], check_country=False):
            return ends[length - 1] + 1
    french = _FRENCH_IBAN.match("".join(text[at] for at in ends))
    return ends[french.end() - 1] + 1 if french else None


def _vats(text: str) -> Iterator[Found]:
    for match in _VAT.finditer(text):
        written = match.group()
        french = written[:2].upper() == "FR" and sum(letter.isdigit() for letter in written) >= 9
        if french or (written[-1].isdigit() and vat.is_valid(written)):
            yield *match.span(), "company_number"


def _sirens(text: str) -> Iterator[Found]:
    for match in _NINE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        named = _FIRM_WORD.search(text[: match.start()])
        shaped = match.group() == digits or _BY_THREES.fullmatch(match.group())
        sure = shaped and luhn.is_valid(digits) and not _SUM.search(text[match.end() :])
        if named or sure:
            yield *match.span(), "company_number"


def _is_phone(written: str) -> bool:
    try:
        # The zero of « +33 (0)6 » belongs to nobody.
        number = phonenumbers.parse(re.sub(r"\(0\)", "", written).lstrip("("), "FR")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
