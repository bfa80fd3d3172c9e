"""How many people work in the firm."""

import re
from collections.abc import Iterable, Mapping

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import Number, find_numbers, is_part
from bot.nlu.entities.phrases import phrases
from bot.nlu.entities.size_alone import Alone, forms, with_plurals
from bot.nlu.entities.size_told import Told

_LARGEST = 5_000
_LONGEST_FIRM = 6
# « Un hôtel de 1930 » tells its age.
_YEARS = range(1500, 2041)
_WHOLE_STAFF = frozenset(["mes", "nos", "les"])
_PART_OF = frozenset(["de", "des", "d", "parmi"])
_THRESHOLD = frozenset(["moins", "plus", "maximum", "minimum"])
_HAVE = frozenset(["ai", "g", "jai", "avons", "emploie", "employons", "seul", "seule", "compte", "juste"])
# Roles that a partner abroad has too: « deux agents commerciaux ».
_PARTNERS = ("agent", "commerc", "cadre")
_SENTENCE = frozenset(".!?")
_MAYBE_GLUED = re.compile(r"\d[^\W\d_]{3}")
_GLUED = re.compile(r"(\d{1,4})([a-z]{3,})")


class CompanySizes:
    """Finds headcounts; built from `vocabularies/company_size.yml` and the names of trades."""

    def __init__(self, vocabulary: Mapping, trades: Iterable[str] = ()):
        kinds = {
            name: with_plurals(vocabulary[name])
            for name in ("staff", "contracts", "roles", "people", "friends")
        }
        kinds["roles"] += vocabulary["roles_plural"]
        self._who = phrases(kinds)
        self._firm = forms(vocabulary["firm"])
        self._firm |= forms(f"{place} de" for place in vocabulary["workplaces"])
        self._behind = phrases({"firm": vocabulary["firm_after"]})
        names = "not_staff_after serves paid capacity part after_alone after_bare counts "
        names += "together elsewhere singled_out family told_people staff_singled_out people_after opinion"
        self._lists = {name: forms(vocabulary[name]) for name in names.split()}
        self._workplaces = forms(vocabulary["workplaces"])
        self._collective: dict[str, int] = vocabulary["collective"]
        self._alone, self._told_size = Alone(vocabulary, trades), Told(vocabulary)

    def find(self, message: Message) -> list[Entity]:
        """Return the headcounts, integers as said, the one that holds last; 0 for an owner alone without a number."""
        numbers = find_numbers(message)
        counted = self._counted(message, numbers) or self._glued(message) or self._grouped(message)
        told = self._told(message, numbers, counted)
        found = counted + told or self._alone.in_all(message, numbers)
        return found or self._alone.couples(message) or self._alone.alone(message)

    def _counted(self, message: Message, numbers: list[Number]) -> list[Entity]:
        for number in numbers:
            size = self._size(message, number)
            if size:
                return [size]
        return []

    def _told(self, message: Message, numbers: list[Number], counted: list[Entity]) -> list[Entity]:
        """Return the last bare number that is told as a headcount, after those counted."""
        after = counted[-1].end if counted else 0
        found = [
            number
            for number in numbers
            if message.words[number.first].start >= after
            and not self._told_size.denied(message, number)
            and self._told_size.is_headcount(message, number, numbers)
        ]
        return [message.entity("company_size", n.first, n.last, n.value) for n in found[-1:]]

    def _size(self, message: Message, number: Number) -> Entity | None:
        if not 0 <= number.value <= _LARGEST or self._not_whole(message, number):
            return None
        who = self._who_after(message, number)
        if self._told_size.only(message, number):
            one = self._who.at(message, number.last + 2) if number.last + 2 < len(message) else None
            if one and one[1] in ("staff", "roles") and not self._says(message, one[0], "singled_out"):
                return message.entity("company_size", number.first, one[0], 1)
        firm = self._after_firm(message, number.first) or self._before_firm(message, number.last)
        firm = firm or bool(who and number.value > 1 and self._before_firm(message, who[0]))
        if who and self._is_staff(message, number, who, firm):
            value = number.value + (who[1] == "roles" and self._and_me(message, who[0]))
            return self._with_others(message, number.first, who, value, firm)
        if firm and number.value > 1 and number.value not in _YEARS and self._bare(message, number):
            return message.entity("company_size", number.first, number.last, number.value)
        return None

    def _who_after(self, message: Message, number: Number) -> tuple[int, str] | None:
        """Return the people that the number counts; « 44, paysagiste » counts none."""
        counts = number.last + 1 < len(message) and "," not in message.gap(number.last)
        return self._who.at(message, number.last + 1) if counts else None

    def _is_staff(self, message: Message, number: Number, who: tuple[int, str], firm: bool) -> bool:
        last, kind = who
        if kind == "roles" and not self._lists["together"].isdisjoint(message.keys) and number.value > 1:
            return not firm and self._people_told(message, number, who)
        counts = kind != "roles" and self._after(message, number.first, "counts")
        counts = counts or (kind != "roles" and self._after(message, number.first, "told_people"))
        if firm or (counts and kind != "friends" and number.value > 1):
            return not self._says(message, last, "elsewhere")
        if kind == "friends":
            return False
        return self._served(message, number, who) or self._people_told(message, number, who)

    def _not_whole(self, message: Message, number: Number) -> bool:
        """Whether the number is denied, or counts a part of the staff, a threshold, or people still to be found."""
        if is_part(message, number) or self._told_size.denied(message, number):
            return True
        before, after = message.key(number.first - 1), message.key(number.last + 1)
        if after in _PART_OF and message.key(number.last + 2) in _WHOLE_STAFF | {"ses", "leurs", "entre"}:
            return True
        threshold = before == "de" and message.key(number.first - 2) in _THRESHOLD
        if threshold and not self._after_firm(message, number.first - 2):
            return True
        near = {message.key(number.first - step) for step in (1, 2)}
        return bool(near & self._lists["part"]) and before not in _WHOLE_STAFF

    def _served(self, message: Message, number: Number, who: tuple[int, str]) -> bool:
        """Whether the number is that of a whole staff: « un ERP pour 45 personnes », « les salaires des 19 »."""
        before = message.key(number.first - 1)
        further = message.keys[max(0, number.first - 5) : number.first - 1]
        if before in ("pour", "pr"):
            role = who[1] == "roles" and not message.keys[number.last + 1].startswith(_PARTNERS)
            return number.value > 1 and not role and not self._lists["serves"].isdisjoint(further)
        if who[1] != "roles" and before in self._lists["paid"]:
            return True
        whole = before == "de" or (before == "des" and who[1] != "roles")
        return whole and number.value > 1 and message.key(number.first - 2) in self._lists["paid"]

    def _people_told(self, message: Message, number: Number, who: tuple[int, str]) -> bool:
        """Whether the people counted are the staff of the firm, without words of the firm before them.

        « 3 salariés » are; « deux vendeuses », « 6 personnes » or « un salarié » after « j’ai » or alone; of
        contracts, « 9 CDI » and not « un CDI ».
        """
        last, kind = who
        if kind == "contracts":
            return number.value > 1
        if self._says(message, last, "elsewhere"):
            return False
        if kind != "people" and self._with_family(message, number.first):
            return False
        if kind == "staff" and (number.value != 1 or not number.spelled):
            return not (number.first == 0 and self._says(message, last, "staff_singled_out"))
        if kind == "people":
            return number.value > 1 and self._people_of_firm(message, number, last)
        return self._isolated_or_had(message, number, who)

    def _isolated_or_had(self, message: Message, number: Number, who: tuple[int, str]) -> bool:
        last, kind = who
        alone = message.isolated(number.first, last)
        if number.value == 1 and kind == "roles":
            alone = alone and number.first > 0 and last + 1 == len(message)
        if alone or (kind == "roles" and self._and_me(message, last)):
            return True
        before = message.key(number.first - 1)
        partner = before != "de" and message.keys[last].startswith(_PARTNERS)
        if kind == "roles" and partner and message.key(last + 1) in self._lists["not_staff_after"]:
            return False
        opens = message.starts_sentence(number.first)
        if kind == "roles" and number.value > 1 and opens and message.key(last + 1) in ("et", "plus"):
            return True
        if before == "de" and number.value > 1:
            return message.key(number.first - 2) not in self._lists["capacity"]
        if kind == "staff":
            return self._staff_named(message, number, last)
        if self._had(message, number.first) and number.value == 1:
            return _clause_ends_here(message, last)
        with_some = before == "avec" and number.value > 1 and _clause_ends_here(message, last)
        had = with_some or self._had(message, number.first)
        return had and not self._says(message, last, "singled_out")

    def _staff_named(self, message: Message, number: Number, last: int) -> bool:
        """« J'ai un salarié », « une EURL avec un salarié à mi-temps », « …, un salarié et deux extras »."""
        ends = _clause_ends_here(message, last) or message.key(last + 1) in ("a", "et", "en", "dans")
        before = message.key(number.first - 1)
        if ends and (before == "avec" or message.gap(number.first - 1).strip() == ","):
            return True
        return self._had(message, number.first) and not self._says(message, last, "singled_out")

    def _had(self, message: Message, first: int) -> bool:
        before = message.key(first - 1)
        return before in _HAVE or (before == "a" and message.key(first - 2) == "on")

    def _people_of_firm(self, message: Message, number: Number, last: int) -> bool:
        if message.isolated(number.first, last) or self._short(message, number):
            return True
        before = message.key(number.first - 1)
        if before == "de":
            return message.key(number.first - 2) not in self._lists["capacity"]
        marked = message.gap(number.first - 1).strip() in (",", ":", "(", ";")
        return marked and message.key(last + 1) in self._lists["people_after"]

    def _short(self, message: Message, number: Number) -> bool:
        """« Filature 26 pers » : the word cut short is one of firms, after no word of what holds people."""
        before = message.keys[max(0, number.first - 3) : number.first]
        short = message.key(number.last + 1) in ("pers", "perso")
        place = message.key(number.first - 1) in self._workplaces
        held = not (self._lists["capacity"] - {"atelier"}).isdisjoint(before)
        return (short or place) and not held and message.key(number.first - 1) not in ("pour", "pr")

    def _with_family(self, message: Message, first: int) -> bool:
        """« Mon frère et deux ouvriers »: the number leaves out some of the people."""
        before, family = message.keys[max(0, first - 2) : first], self._lists["family"]
        if before and before[-1] in family - {"moi"} and message.gap(first - 1).strip() == ",":
            return True
        return before[-1:] in (["et"], ["e"]) and before[0] in family

    def _says(self, message: Message, last: int, name: str) -> bool:
        return any(
            " ".join(message.keys[last + 1 : last + 1 + length]) in self._lists[name] for length in (1, 2)
        )

    def _with_others(
        self, message: Message, first: int, who: tuple[int, str], value: int, firm: bool
    ) -> Entity:
        """Add the other people that a firm counts: « nous employons neuf négociateurs et deux assistantes »."""
        last, kind = who
        if firm and kind == "roles" and message.key(last + 1) in ("et", "plus"):
            for number in find_numbers(message):
                other = self._who.at(message, number.last + 1) if number.last + 1 < len(message) else None
                if number.first == last + 2 and other and other[1] in ("roles", "staff"):
                    return message.entity("company_size", first, other[0], value + number.value)
        return message.entity("company_size", first, last, value)

    def _and_me(self, message: Message, last: int) -> bool:
        return message.key(last + 1) in ("et", "plus") and message.key(last + 2) == "moi"

    def _after(self, message: Message, first: int, name: str) -> bool:
        phrases_of = self._lists[name]
        return any(
            first >= length and " ".join(message.keys[first - length : first]) in phrases_of
            for length in range(1, 5)
        )

    def _after_firm(self, message: Message, first: int) -> bool:
        for length in range(min(_LONGEST_FIRM, first), 0, -1):
            if " ".join(message.keys[first - length : first]) in self._firm:
                return message.key(first - length - 1) != "en"
        return False

    def _before_firm(self, message: Message, last: int) -> bool:
        if last + 1 >= len(message) or not _SENTENCE.isdisjoint(message.gap(last)):
            return False
        return self._behind.at(message, last + 1) is not None

    def _bare(self, message: Message, number: Number) -> bool:
        """Whether nothing that is counted follows: « on est deux » but not « on est deux boutiques »."""
        at, gap = number.last + 1, message.gap(number.last)
        if self._before_firm(message, number.last) or at >= len(message):
            return True
        if any(mark in gap for mark in ",.;:!?)\n"):
            return True
        following = message.key(at + 1)
        if message.key(at) == "a" and following in self._lists["opinion"]:
            return False
        if message.key(at) == "pas" and following in _PART_OF | {"du"}:
            # « On est à deux pas de la frontière ».
            return False
        return message.key(at) in self._lists["after_alone"] | self._lists["after_bare"]

    def _glued(self, message: Message) -> list[Entity]:
        """« 33pers », « 4salariés »."""
        if not _MAYBE_GLUED.search(message.text):
            return []
        for at, key in enumerate(message.keys):
            found = _GLUED.fullmatch(key) if key[0].isdecimal() else None
            kind = self._who.meanings.get(found[2]) if found else None
            if kind in ("staff", "people") and message.key(at - 1) not in self._lists["capacity"] | {"pour"}:
                return [message.entity("company_size", at, at, int(found[1]))]
        return []

    def _grouped(self, message: Message) -> list[Entity]:
        """« Une dizaine de salariés », « on est une petite dizaine »."""
        if self._collective.keys().isdisjoint(message.keys):
            return []
        for at, key in enumerate(message.keys):
            if key not in self._collective:
                continue
            begins = at - (message.key(at - 1) == "petite")
            begins -= message.key(begins - 1) == "une"
            firm = self._after_firm(message, at) or self._after_firm(message, begins)
            of = message.key(at + 1) in ("de", "d") and at + 2 < len(message)
            who = self._who.at(message, at + 2) if of else None
            if who and (who[1] != "people" or firm):
                return [message.entity("company_size", at, who[0], self._collective[key])]
            if (firm or begins == 0) and self._before_firm(message, at):
                return [message.entity("company_size", at, at, self._collective[key])]
            if firm and not of and self._bare(message, Number(at, at, self._collective[key], True)):
                return [message.entity("company_size", at, at, self._collective[key])]
        return []


def _clause_ends_here(message: Message, last: int) -> bool:
    return last + 1 >= len(message) or bool(message.gap(last).strip(" -"))
