"""The three shapes of the State's directory brought to one: dump, API (`explore/v2.1`), and that of 2017.

Only what is said of the body itself is read: names of the people who work there never leave this module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.importing.streams import nested

PREFIXES = ("service.item", "item", "results.item", "records.item", "Organisme.item", "organismes.item")
_FAX = "fax"


@dataclass(frozen=True)
class Service:
    """One service of the directory; texts as the file has them, not yet cleaned."""

    id: str
    code: str
    name: str
    types: tuple[str, ...]
    communes: tuple[str, ...]
    insee: str
    postcode: str
    town: str
    phones: tuple[str, ...]
    mailboxes: tuple[str, ...]
    links: tuple[str, ...]
    siret: str
    modified: str
    ranges: tuple[Any, ...]
    legacy: bool = False


def service_of(record: Mapping[str, Any]) -> Service:
    """Return the service that a record of any shape describes."""
    for wrapper in ("fields", "record", "Organisme"):
        inner = nested(record.get(wrapper))
        if isinstance(inner, Mapping):
            record = inner.get("fields", inner) if wrapper == "record" else inner
    return _legacy(record) if "pivotLocal" in record else _present(record)


def _present(record: Mapping[str, Any]) -> Service:
    pivots = _objects(record.get("pivot"))
    addresses = _objects(record.get("adresse"))
    own = [one for one in addresses if _text(one.get("type_adresse")) == "Adresse"] or addresses
    address = own[0] if own else {}
    return Service(
        id=_text(record.get("id")),
        code=_text(record.get("ancien_code_pivot")),
        name=_text(record.get("nom")),
        types=tuple(_text(one.get("type_service_local")).lower() for one in pivots),
        communes=tuple(code for one in pivots for code in _texts(one.get("code_insee_commune"))),
        insee=_text(record.get("code_insee_commune")),
        postcode=_text(address.get("code_postal")),
        town=_text(address.get("nom_commune")),
        phones=tuple(_phones(record.get("telephone"))),
        mailboxes=tuple(_texts(record.get("adresse_courriel"))),
        links=tuple(_texts(record.get("site_internet"))),
        siret=_text(record.get("siret")),
        modified=_text(record.get("date_modification")),
        ranges=tuple(_objects(record.get("plage_ouverture"))),
    )


def _legacy(record: Mapping[str, Any]) -> Service:
    digital = record.get("CoordonnéesNum") or record.get("CoordonneesNum") or {}
    digital = digital if isinstance(digital, Mapping) else {}
    address = next(iter(_objects(record.get("Adresse"))), {})
    code = _text(record.get("id")) or _text(record.get("pivotLocal"))
    return Service(
        id=code,
        code=code,
        name=_text(record.get("Nom")),
        types=(_text(record.get("pivotLocal")).partition("-")[0].lower(),),
        communes=(),
        insee=_text(record.get("codeInsee")),
        postcode=_text(address.get("CodePostal")),
        town=_text(address.get("NomCommune")),
        phones=tuple(_texts(digital.get("Téléphone") or digital.get("Telephone"))),
        mailboxes=tuple(_texts(digital.get("Email"))),
        links=tuple(_texts(digital.get("Url"))),
        siret="",
        modified=_text(record.get("dateMiseAJour")),
        ranges=(),
        legacy=True,
    )


def _objects(value: Any) -> list[Mapping[str, Any]]:
    value = nested(value)
    value = value if isinstance(value, list) else [value]
    return [one for one in map(nested, value) if isinstance(one, Mapping)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("$t", value.get("valeur"))
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def _texts(value: Any) -> list[str]:
    value = nested(value)
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_text, values) if text]


def _phones(value: Any) -> Iterator[str]:
    value = nested(value)
    for one in value if isinstance(value, list) else [value]:
        said = str(one.get("description") or "") if isinstance(one, Mapping) else ""
        if _FAX not in said.lower() and _text(one):
            yield _text(one)
