"""Trades that somebody else practises."""

from collections.abc import Callable, Mapping

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from bot.nlu.entities.trade_words import keys

_OF = frozenset(["de", "du", "des", "d"])
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une"])
_IS = frozenset(["est", "sont", "etait"])
_TO_ME = frozenset(["m", "me", "nous"])
_AUXILIARIES = frozenset(["a", "ont", "avait", "avaient", "en", "l", "y"])
_NEVER = frozenset(["jamais", "toujours", "pas"])
_FURTHEST = 3
_SECOND = 6
_PLACE = 40


class OtherPeople:
    """Tells the trades of relatives, neighbours and partners; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping, countries: Callable[[Message], list[Entity]] | None = None):
        self._relations = phrases({"other": vocabulary["relations"]})
        self._ends = frozenset(key.rpartition(" ")[2] for key in self._relations.meanings)
        self._neighbours = keys(vocabulary["neighbours"])
        self._near_by = phrases({"near": vocabulary["near_by"]})
        self._tells, self._acts = keys(vocabulary["tells"]), keys(vocabulary["acts"])
        self._beside, self._articles = keys(vocabulary["beside"]), keys(vocabulary["articles"])
        self._negations, self._mistaken = keys(vocabulary["negations"]), keys(vocabulary["mistaken"])
        self._praise, self._countries = keys(vocabulary["praise"]), countries
        self._idle, self._wish = phrases({"idle": vocabulary["idle"]}), keys(vocabulary["wish"])

    def practise(self, message: Message, first: int, last: int) -> bool:
        """Return whether the trade of the words `first` to `last` is that of another than the owner."""
        if self.denied(message, first):
            return True
        if not {"suis", "sommes", "chuis", "jsuis"}.isdisjoint(
            message.keys[max(0, first - _FURTHEST) : first]
        ):
            return False
        return (
            self._related(message, first)
            or self._of_neighbours(message, first)
            or (message.tight[last] and self._near_by.at(message, last + 1) is not None)
            or self._speaks(message, last)
        )

    def denied(self, message: Message, first: int) -> bool:
        """« Pas couvreur, charpentier », « ce n'était pas une librairie », « vous avez noté ébéniste »."""
        at = first - 1
        if message.key(at) in self._articles:
            at -= 1
        if at < 0 or not message.tight[at]:
            return False
        if message.key(at) in self._negations:
            return True
        return message.key(at) in self._mistaken and message.key(at - 2) in ("vous", "tu", "t")

    def partner(self, message: Message, first: int, last: int) -> bool:
        """Return whether a trade that no word makes the owner's is that of somebody he deals with."""
        at = first - 1
        if message.key(at) in self._praise:
            return True
        if message.key(at) in ("les", "des", "aux"):
            # « Les architectes veulent voir mes réalisations »: customers in the plural.
            return message.key(last + 1) in self._wish or (
                message.key(at - 1) == "par" and message.key(at) == "les"
            )
        article = message.key(at) in self._articles
        if article and (message.key(at - 1) in self._beside or self._second_beside(message, at - 1)):
            return True
        return (article and self._does_to_me(message, at, last)) or self._abroad(message, last)

    def idle(self, message: Message, first: int) -> bool:
        """« Une blague de maçon », « la recette des cannelés », « amoureux de ma boulangère »: talk, no trade."""
        return any(
            end < first and first - end <= _FURTHEST
            for at in range(max(0, first - 2 * _FURTHEST), first)
            if (end := self._idle_end(message, at)) is not None
        )

    def _idle_end(self, message: Message, at: int) -> int | None:
        found = self._idle.at(message, at)
        return None if found is None else found[0]

    def _second_beside(self, message: Message, at: int) -> bool:
        """« Avec le notaire et la pharmacie »: the second of two others."""
        if message.key(at) != "et":
            return False
        return any(
            message.key(back) in self._beside and message.key(back + 1) in self._articles
            for back in range(max(0, at - _SECOND), at)
        )

    def _does_to_me(self, message: Message, at: int, last: int) -> bool:
        """« Un restaurateur de Toulon me doit », « l'imprimeur de Tours a raté nos affiches »."""
        end = last + 1
        if message.key(end) in (*_OF, "a"):
            end += 1
        while end < len(message) and message.taken[end]:
            end += 1
        end += message.key(end) in ("a", "ont", "qui", "ne")
        if message.key(at) in ("un", "une"):
            return message.key(end) in self._acts
        if message.key(end) not in _TO_ME:
            return False
        end += 1 + (message.key(end + 1) in _AUXILIARIES)
        end += message.key(end) in _NEVER
        return message.key(end) in self._acts or message.key(end) in self._tells

    def _abroad(self, message: Message, last: int) -> bool:
        """« Un traiteur de Londres », « le bar de Bruxelles », « l'agence japonaise »."""
        end = last + 1
        if self._countries is None or not message.tight[last]:
            return False
        if message.key(end) in _OF:
            end += 1
        if end >= len(message) or not message.taken[end]:
            return False
        start = message.words[last + 1].start
        return bool(self._countries(Message(message.text[start : start + _PLACE])))

    def _related(self, message: Message, first: int) -> bool:
        """« Mon cousin maçon », « ma voisine est coiffeuse », « un ami qui est maçon »."""
        at = first - 1
        if message.key(at) in _IS:
            at -= 1 + (message.key(at - 1) == "qui")
        if at < 1 or message.key(at) not in self._ends or not message.tight[at]:
            return False
        if any(" ".join(message.keys[at - step : at + 1]) in self._relations.meanings for step in (0, 1)):
            # An adviser writes of the firm he speaks for: « notre cliente chocolatière ».
            return not (
                message.key(at) in ("client", "cliente") and message.key(at - 1) in ("notre", "mon", "ma")
            )
        return False

    def _of_neighbours(self, message: Message, first: int) -> bool:
        """« Nos voisins de la pépinière »."""
        at = first - 1
        if message.key(at) in _ARTICLES:
            at -= 1
        return message.key(at) in _OF and message.key(at - 1) in self._neighbours

    def _speaks(self, message: Message, last: int) -> bool:
        """« Mon plombier m’a recommandé », « le boucher me dit »."""
        if message.key(last + 1) not in _TO_ME:
            return False
        for at in range(last + 2, last + 2 + _FURTHEST):
            if message.key(at) in self._tells:
                return True
            if message.key(at) not in _AUXILIARIES:
                return False
        return False
