"""The filters of a list as its address carries them, in French, and as the record understands them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode

from console.pages import PARIS
from conversations.facets import BANDS
from conversations.filters import Filters

LONGEST = 200
# How sure the understanding was, by the words of the address.
CONFIDENCES = dict(zip(("faible", "moyenne", "forte"), BANDS, strict=True))
YES = "1"


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for; an empty text asks nothing.

    `du` and `au` are days in Paris, both included; flags are « 1 ». What cannot be read asks nothing either.
    """

    q: str = ""
    du: str = ""
    au: str = ""
    canal: str = ""
    besoin: str = ""
    departement: str = ""
    region: str = ""
    confiance: str = ""
    doute: str = ""
    panne: str = ""
    insatisfait: str = ""
    demande: str = ""
    relecture: str = ""
    relecteur: str = ""
    etiquette: str = ""
    modele: str = ""

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> "Asked":
        """Return what the pairs of an address ask; other names are passed over."""
        known = {field.name for field in fields(cls)}
        given = {name: _clean(value) for name, value in pairs if name in known}
        return cls(**given)

    @classmethod
    def read_query(cls, query: str) -> "Asked":
        """Return what a written query asks."""
        try:
            return cls.read(parse_qsl(query, max_num_fields=60))
        except ValueError:  # more fields than any list has
            return cls()

    def query(self, **more: str) -> str:
        """Return the address's query for this, with `more` added; what is empty is left out."""
        return urlencode({name: value for name, value in (asdict(self) | more).items() if value})

    def without_words(self) -> "Asked":
        """Return the same without a search."""
        return replace(self, q="")

    @property
    def narrows(self) -> bool:
        """Tell whether the list is narrowed by anything but a search."""
        return bool(self.without_words().query())

    @property
    def rarely(self) -> bool:
        """Tell whether one of the filters that are folded away is set."""
        folded = (self.region, self.confiance, self.doute, self.panne, self.insatisfait)
        return any((*folded, self.demande, self.relecteur, self.etiquette, self.modele))

    def filters(self, account_id: str) -> Filters:
        """Return the filters; « moi » as a reviewer is the account that asks."""
        until = _day(self.au)
        return Filters(
            since=_midnight(_day(self.du)),
            until=_midnight(until + timedelta(days=1)) if until else None,
            channel=self.canal or None,
            need=self.besoin or None,
            departement=self.departement or None,
            region=self.region or None,
            band=CONFIDENCES.get(self.confiance),
            doubtful=self.doute == YES,
            failed=self.panne == YES,
            thumb_down=self.insatisfait == YES,
            request=self.demande or None,
            review=self.relecture or None,
            reviewer=account_id if self.relecteur == "moi" else self.relecteur or None,
            tag=self.etiquette or None,
            model=self.modele or None,
        )


def _clean(value: str) -> str:
    """Return a value without what no database takes."""
    return "".join(char for char in value if char.isprintable()).strip()[:LONGEST]


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2990 else None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), PARIS) if day else None
