"""What a visitor looks for, read from the address of the page and written back into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from knowledge.codes import Need
from knowledge.coverage import LEVEL_OF_ZONE, split_zone, zone_of
from knowledge.territories import Place, Territories, UnknownTerritory
from knowledge.trades import KnownTrade, Trades
from portal.directory.words import Words

LONGEST = 100  # characters of a field that are read


@dataclass(frozen=True)
class Search:
    """A search: `words` and `trade_words` are as typed; `choices` are the places of an ambiguous name, without
    the one that is taken to be meant.
    """

    need: Need | None = None
    words: str = ""
    place: Place | None = None
    choices: tuple[Place, ...] = ()
    trade_words: str = ""
    trade: KnownTrade | None = None
    ended: bool = False
    page: int = 1

    @property
    def unknown_place(self) -> bool:
        """Tell whether a place was named that nobody knows."""
        return bool(self.words) and self.place is None and not self.choices

    @property
    def undecided(self) -> bool:
        """Tell whether the place has to be settled before anything can be found."""
        return self.place is None and bool(self.words)

    @property
    def unknown_trade(self) -> bool:
        """Tell whether a trade was named that nobody knows."""
        return bool(self.trade_words) and self.trade is None

    @property
    def zone(self) -> str:
        """Return the place as a zone, nothing without one."""
        return zone_of(self.place.level, self.place.code) if self.place else ""

    def at(self, place: Place | None) -> "Search":
        """Return the same search at another place."""
        return replace(self, words="", place=place, choices=(), page=1)

    def without(self, *names: str) -> "Search":
        """Return the same search without some of its filters: need, place, trade, ended."""
        empty = {"need": {"need": None}, "place": {"words": "", "place": None, "choices": ()}}
        empty |= {"trade": {"trade_words": "", "trade": None}, "ended": {"ended": False}}
        return replace(self, page=1, **{key: value for name in names for key, value in empty[name].items()})

    def query(self, page: int = 1, ended: bool | None = None) -> str:
        """Return what stands behind the path of the address, its question mark included."""
        shown = self.ended if ended is None else ended
        values = {
            "besoin": self.need.value if self.need else "",
            "zone": self.zone,
            "metier": self.trade_words,
            "terminees": "1" if shown else "",
            "page": str(page) if page > 1 else "",
        }
        told = {name: value for name, value in values.items() if value}
        return f"?{urlencode(told)}" if told else ""


class Searches:
    """Reads searches."""

    def __init__(self, territories: Territories, trades: Trades, words: Words) -> None:
        self._territories, self._trades, self._words = territories, trades, words

    def read(self, values: Mapping[str, str]) -> Search:
        """Return the search that these values of an address stand for; what makes no sense is left out."""
        words = _text(values, "lieu")
        place = self._chosen(_text(values, "zone"), words if "lieu" in values else None)
        found = () if place or not words else tuple(self._territories.search(words))
        if found and _is_meant(found):
            place, *found = found
        trade = _text(values, "metier")
        return Search(
            need=need_of(_text(values, "besoin")),
            words=self._words.place(place) if place else words,
            place=place,
            choices=tuple(found),
            trade_words=trade,
            trade=self._trades.find(trade) if trade else None,
            ended=_text(values, "terminees") == "1",
            page=_page(_text(values, "page")),
        )

    def place(self, zone: str) -> Place | None:
        """Return the place of a zone such as `DEP-29`; None where there is none."""
        kind, code = split_zone(zone)
        try:
            return self._territories.get(LEVEL_OF_ZONE.get(kind, ""), code)
        except UnknownTerritory:
            return None

    def _chosen(self, zone: str, typed: str | None) -> Place | None:
        """Return the place chosen before, unless another name was typed over its own since."""
        place = self.place(zone)
        return place if place and typed in (None, self._words.place(place)) else None


def need_of(code: str) -> Need | None:
    """Return the need of this code; None where there is none."""
    try:
        return Need(code)
    except ValueError:
        return None


def _is_meant(found: Sequence[Place]) -> bool:
    """Tell whether the first of these places, the most populous one, is the one that is meant: « la Réunion »."""
    return len(found) == 1 or found[0].outweighs(found[1])


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").strip()[:LONGEST]


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1
