"""Answers of les-aides.fr: `GET aides/?ape=&domaine=&departement=`, asked by the operator with an identifier of
their own.

The service allows 720 requests a day (`requests_a_day` of the mapping): one import is one request. Its credit
« Contenu produit par Les-aides.fr » must be shown; it stands in the provenance of each record.
A territorial scheme does not say where it holds, only the question does: the département or région asked for is
taken from the address (or from `departement`, `region` beside the list); without one, it is set aside.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urljoin, urlsplit

from knowledge.codes import AidKind
from knowledge.importing.fields import date_of, decode, url_of
from knowledge.importing.formats import scheme_parts as parts
from knowledge.importing.formats.aid_words import mapping
from knowledge.importing.formats.rows import Row
from knowledge.importing.formats.scheme_items import item_of
from knowledge.importing.formats.scheme_parts import Notes, Refused
from knowledge.importing.numbers import fault_of, read_json, spoiled
from knowledge.importing.records import Context, Item
from knowledge.importing.streams import RECORD_MAX, Unreadable, check_start
from knowledge.territories import Territories

_ASKED = {"departement": "DEP", "region": "REG", "commune": "COM"}


class TooManyResults(Unreadable):
    """The service found more than it gives, and gave nothing (`depassement`): ask a narrower question."""

    def __init__(self) -> None:
        super().__init__(
            "les-aides.fr found too many schemes and gave none (`depassement`): ask again for one département, "
            "one activity (`ape`) and one `domaine`"
        )


def read(file: BinaryIO, context: Context) -> Iterator[Item]:
    """Yield the schemes of an answer, which is short and read whole.

    Raises `TooManyResults` where the service gave none of too many, `Unreadable` for what is no answer.
    """
    answer = _answer(file)
    records = answer.get("dispositifs") or []
    if not records and str(answer.get("depassement")).lower() in ("true", "1"):
        raise TooManyResults
    asked, today = asked_zone(context.address or "", answer), context.today.isoformat()

    def fields(cells: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
        return fields_of(cells, notes, context.territories, asked, today)

    for number, record in enumerate(records, 1):
        yield item_of(_row(number, record), "numero", context, fields)


def _answer(file: BinaryIO) -> Mapping[str, Any]:
    raw = file.read(RECORD_MAX + 1)
    if len(raw) > RECORD_MAX:
        raise Unreadable(f"the answer is longer than {RECORD_MAX:,} bytes")
    check_start(raw)
    try:
        answer = read_json(decode(raw))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the answer is not JSON: {error}") from error
    if not isinstance(answer, Mapping) or not isinstance(answer.get("dispositifs", []), (list, type(None))):
        raise Unreadable("the answer holds no list `dispositifs`")
    return answer


def _row(number: int, record: Any) -> Row:
    if isinstance(record, Mapping):
        path = spoiled(record)
        return Row(f"record {number}", record, fault_of(path) if path else None)
    return Row(f"record {number}", {}, f"`{str(record)[:40]}` is no object")


def asked_zone(address: str, answer: Mapping[str, Any]) -> str | None:
    """Return the zone that was asked for, from the address or from beside the list, None where none was."""
    question = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    for name, kind in _ASKED.items():
        code = str(question.get(name) or answer.get(name) or "").strip().upper()
        if code:
            return f"{kind}-{code.zfill(2)}"
    return None


def fields_of(
    record: Mapping[str, Any], notes: Notes, territories: Territories, asked: str | None, today: str
) -> dict[str, Any]:
    """Return the fields of a scheme that an answer holds, but its id and its provenance.

    `asked` is the zone of the question, `today` the day of the import (YYYY-MM-DD). Raises `Refused` with the
    reason where the record cannot become a scheme.
    """
    title, payer = (parts.said_on_a_line(record.get(name)) for name in ("nom", "sigle"))
    for name, text in (("nom", title), ("sigle", payer)):
        if not text:
            raise Refused(f"`{name}` is empty")
    summary, place = parts.said(record.get("resume")), _place(record, asked)
    seen = date_of(str(record.get("validation") or ""))
    if seen is None:
        raise Refused(f"`validation` is no date: `{parts.shortened(str(record.get('validation')), 40)}`")
    zones = parts.zones_of(place["zones"], territories)
    return {
        "titre": parts.title(title, notes),
        "promesse": parts.promise(summary, title),
        "description": parts.clipped(summary or title, notes),
        "types_aides": _kinds(record.get("moyens"), notes),
        "porteurs": [{"nom": parts.shortened(payer, parts.PAYER), "roles": ["financeur"]}],
        "cibles": ["professionnels"],
        "eligibilite_geographique": zones,
        "url_source": _page(str(record.get("uri") or "")),
        "date_mise_a_jour": seen,
        "seen": seen,
        "status": parts.status_of(None, True, seen, today),
        "status_as_of": seen,
        "level": place.get("level") or parts.level_of([payer], zones),
    }


def _page(uri: str) -> str | None:
    """Return the page of a scheme; its address is mostly given without the site."""
    return url_of(urljoin(mapping("les_aides")["site"], unescape(uri).strip()))


def _place(record: Mapping[str, Any], asked: str | None) -> Mapping[str, Any]:
    code = str(record.get("implantation") or "").strip().upper()
    place = mapping("les_aides")["implantation"].get(code)
    if place is None:
        raise Refused(f"`implantation` is `{code}`, neither E, N nor T")
    if "zones" in place:
        return place
    if asked is None:
        raise Refused("territorial, but the question named no territory: ask with `departement=`")
    return {"zones": [asked]}


def _kinds(means: Any, notes: Notes) -> list[AidKind]:
    known, kinds = mapping("les_aides")["means"], []
    for code in _codes(means):
        if code not in known:
            notes.add("unknown_kind", code)
        kinds += known.get(code, [])
    return [AidKind(kind) for kind in dict.fromkeys(kinds or [mapping("schemes")["default_kind"]])]


def _codes(means: Any) -> Iterable[str]:
    values = means if isinstance(means, list) else str(means or "").split(",")
    for value in values:
        code = value.get("numero") or value.get("id") if isinstance(value, Mapping) else value
        yield str(code or "").strip()
