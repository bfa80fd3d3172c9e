"""Cells of open data brought to what a record may hold; none of these ever raises for a text."""

import html
import re
import warnings
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from knowledge.fields import SLUG, PartialDate, Phone, Siret, Url
from knowledge.importing.mailboxes import email_of as email_of
from knowledge.territories.names import fold

PARIS = ZoneInfo("Europe/Paris")
SLUG_LENGTH = 80  # characters, the limit of `knowledge.fields.Slug`
MARKUP_READ = 200_000  # characters of a cell that are read as HTML: ten times the longest cell ever seen
_BLOCKS = ["p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"]
_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^()\s]{0,500}\)")
_MARKDOWN_MARKS = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+|\*\*|__|`", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|\n")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?")
_ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PHONE_JUNK = re.compile(r"[^\d+]")


class NotText(ValueError):
    """The bytes are not text: a picture, an archive, UTF-16."""


def decode(raw: bytes) -> str:
    """Return the text of `raw`, UTF-8 (with or without its mark) or else windows-1252; raises `NotText`."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText("the file is UTF-16; save it as UTF-8")
    if b"\0" in raw:
        raise NotText("the file is not text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def text_of(cell: str | None) -> str:
    """Return a cell of HTML or Markdown as plain text; its paragraphs and items are lines."""
    text = html.unescape(html.unescape(str(cell or "")[:MARKUP_READ]))  # some files are escaped twice
    if _LOOKS_LIKE_HTML.search(text):
        text = _without_tags(text)
    text = _MARKDOWN_MARKS.sub("", _MARKDOWN_LINK.sub(r"\1", text))
    text = _CONTROLS.sub(" ", text.replace("\r", "\n").replace("\x0c", "\n"))
    text = text.encode("utf-8", "ignore").decode("utf-8")  # a lone half of a character is no text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _without_tags(text: str) -> str:
    # Read where it is used: whoever only checks a cell without markup does without its eight megabytes.
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        try:
            soup = BeautifulSoup(text, "html.parser")
        except (AssertionError, ValueError, RecursionError):  # html.parser refuses some broken declarations
            return re.sub(r"<[^<>]*>", " ", text)
    for gone in soup(["script", "style"]):
        gone.decompose()
    for line in soup(["br"]):
        line.replace_with("\n")
    for block in soup(_BLOCKS):
        block.insert_before("\n")
        block.append("\n")
    return soup.get_text()


def line_of(cell: str | None) -> str:
    """Return a cell as one line of plain text."""
    return " ".join(text_of(cell).split())


def clip(text: str, limit: int) -> tuple[str, bool]:
    """Return `text` cut after a sentence, or a word, so that it has at most `limit` characters; True if cut."""
    if len(text) <= limit:
        return text, False
    head = text[:limit]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends:
        return head[: ends[-1]].rstrip(), True
    return (head[: limit - 1].rsplit(None, 1) or [""])[0][: limit - 1].rstrip() + "…", True


def date_of(text: str | None) -> str | None:
    """Return a day as YYYY-MM-DD, or a month or a year; None where the text is none (`0000-00-00`).

    An instant with a zone (`2023-06-01T22:00:00.000Z`) is the day it is in Paris.
    """
    text = str(text or "").strip()
    if french := _FRENCH_DAY.fullmatch(text):
        day, month, year = french.groups()
        return _checked(f"{year}-{int(month):02}-{int(day):02}")
    if not (iso := _ISO.fullmatch(text)):
        return None
    try:
        instant = datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
    except ValueError:
        return _checked(iso[1])
    try:
        return (instant.astimezone(PARIS) if instant.tzinfo else instant).strftime("%Y-%m-%d").rjust(10, "0")
    except OverflowError:
        return None


def _checked(partial: str) -> str | None:
    ascii_only = partial.isascii()
    return partial if ascii_only and not partial.startswith("0000") and PartialDate.accept(partial) else None


def phone_of(text: str | None) -> str | None:
    """Return a French number as dialled in France, in pairs: `02 98 98 29 29`; None where it is none."""
    digits = _PHONE_JUNK.sub("", str(text or "").replace("(0)", ""))
    digits = re.sub(r"^(\+33|0033)0?", "0", digits)
    national = re.sub(r"^(\+|00)(262|508|590|594|596)0?", "0", digits)
    if not national.isascii() or "+" in national or not Phone.accept(national or "x"):
        return None
    return " ".join(re.findall("..", national)) if len(national) == 10 else national


def url_of(text: str | None) -> str | None:
    """Return a web address, https:// added where it has no scheme; None for `javascript:`, `mailto:`…"""
    address = _CONTROLS.sub("", html.unescape(str(text or ""))).strip()
    if address.startswith("//"):
        address = f"https:{address}"
    if re.match(r"https?://", address, re.IGNORECASE):
        scheme, _, rest = address.partition("://")
        address = f"{scheme.lower()}://{rest}"
    elif _SCHEME.match(address) and not re.match(r"[\w.-]+\.[a-z]{2,}:\d+(/|$)", address, re.IGNORECASE):
        return None
    else:
        address = f"https://{address}"
    plain = address.encode("utf-8", "ignore").decode("utf-8") == address
    return address if plain and "@" not in address.split("/")[2] and Url.accept(address) else None


def siret_of(text: str | None) -> str | None:
    """Return a SIRET of 14 digits with a valid check digit, else None."""
    digits = re.sub(r"\s", "", str(text or ""))
    return digits if digits.isascii() and Siret.accept(digits) else None


def slug_for(*parts: str) -> str:
    """Return a slug made of `parts`, cut after a word so that it fits; `record` where nothing is left."""
    words = re.findall(r"[a-z0-9]+", fold(" ".join(parts)))
    slug = "-".join(words)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH]
    return slug if SLUG.fullmatch(slug) else "record"


def day_of(moment: datetime) -> str:
    """Return the day that an aware moment is in Paris."""
    return moment.astimezone(PARIS).date().isoformat()


def utc_now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(timezone.utc)
