"""The words of trades, products and services that `vocabularies/sectors.yml` holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.nlu.entities.inflection import phrase_forms, singular_phrase
from knowledge.territories import normalise_name

# How a trade is said, the surer first: « boulanger », « je coiffe », « mes stages », « mes bijoux », « le piano ».
NAMED, DONE, OFFERED, MADE, TAUGHT = "trades", "done", "offers", "in_context", "taught"
_SUBJECTS = ("je", "j", "on", "nous")
_ENDINGS = (("ger", "ge", "geons"), ("cer", "ce", "cons"), ("yer", "ie", "yons"), ("er", "e", "ons"))
_IRREGULAR = {
    "coudre": ("couds", "coud", "cousons"),
    "cuire": ("cuis", "cuit", "cuisons"),
    "teindre": ("teins", "teint", "teignons"),
    "peindre": ("peins", "peint", "peignons"),
    "cueillir": ("cueille", "cueillons"),
    "concevoir": ("conçois", "conçoit", "concevons"),
    "entretenir": ("entretiens", "entretient", "entretenons"),
    "fournir": ("fournis", "fournit", "fournissons"),
    "construire": ("construis", "construit", "construisons"),
    "bâtir": ("bâtis", "bâtit", "bâtissons"),
    "tondre": ("tonds", "tond", "tondons"),
    "mettre en bouteille": ("mets en bouteille", "mettons en bouteille"),
}
# Usual slips of spelling: « coifeur », « restorateur », « naturopate », « boulangeri ».
_SLIPS = (("ff", "f"), ("rr", "r"), ("ss", "s"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("mm", "m"))
_SLIPS += (("au", "o"), ("th", "t"), ("ph", "f"), ("y", "i"), ("rie", "ri"), ("que", "k"))
_SHORTEST_SLIP, _SHORTEST_GLUED, _VOWELS = 7, 5, "aeiouh"


@dataclass(frozen=True, slots=True)
class Trade:
    """What a word says of the owner's activity.

    `craft`: registers with the chamber of trades in general; `kind`: how it is said; `sure`: the word alone
    is enough; `adviser`: looked for more often than had; `structure`: the word is of a firm and not of a
    person; `tool`: any firm has one; `alone`: tells the trade between commas too.
    """

    label: str
    word: str
    division: str
    section: str
    craft: bool
    kind: str
    sure: bool
    adviser: bool
    structure: bool
    tool: bool
    alone: bool

    @property
    def context(self) -> bool:
        """Whether it is a thing or a service: no trade without words of one's own activity."""
        return self.kind != NAMED


def keys(words: Iterable[str]) -> frozenset[str]:
    """Return the comparison forms of words."""
    return frozenset(normalise_name(word) for word in words)


def first_person(verbs: Iterable[str]) -> frozenset[str]:
    """Return the comparison forms of verbs after « je » and « nous », from their infinitives."""
    return keys(form for verb in verbs for form in _IRREGULAR.get(verb) or _regular(verb))


def read_trades(vocabulary: Mapping, slips: bool = True) -> dict[str, Trade]:
    """Return what each phrase means; where one stands twice, the surer kind and then the first division counts.

    `slips`: usual misspellings too.
    """
    lists = {
        name: keys(vocabulary[name]) for name in ("weak", "structures", "not_sought", "tools", "not_alone")
    }
    found: dict[str, Trade] = {}
    for kind in (NAMED, DONE, OFFERED, MADE, TAUGHT):
        for division, content, label, word in _words(vocabulary["divisions"], kind):
            trade = _trade(lists, kind, division, content, label, word)
            for form in _forms(kind, word):
                found.setdefault(normalise_name(form), trade)
    never = keys(vocabulary["never_singular"])
    for trade in list(found.values()):
        one = normalise_name(singular_phrase(trade.word))
        if trade.kind == MADE and not trade.tool and not trade.adviser and one not in never:
            found.setdefault(one, replace(trade, alone=False))
    never = frozenset(vocabulary["never_trades"])
    for _, other, trade in misspelt(found) if slips else ():
        if other not in never:
            found.setdefault(other, trade)
    return found


def misspelt(known: Mapping[str, Trade]) -> list[tuple[str, str, Trade]]:
    """Return word, slip and meaning of the usual slips of known words."""
    return [(key, other, trade) for key, trade in known.items() for other in _misspelt(key, trade)]


def _misspelt(key: str, trade: Trade) -> Iterator[str]:
    """Yield usual slips of a word, and the word with an article typed onto it: « lhotel », « dune »."""
    if trade.kind == NAMED and key[0] in _VOWELS and len(key.partition(" ")[0]) >= _SHORTEST_GLUED:
        yield from (f"l{key}", f"d{key}")
    if trade.kind in (NAMED, MADE) and " " not in key and len(key) >= _SHORTEST_SLIP:
        yield from _slips(key)


def _trade(lists: Mapping, kind: str, division: str, content: Mapping, label: str, word: str) -> Trade:
    key = normalise_name(word)
    tool = key in lists["tools"]
    return Trade(
        label=label,
        word=word,
        division=division,
        section=content["section"],
        craft=_is_craft(content["craft"], {label, word}),
        kind=kind,
        sure=kind == NAMED and key not in lists["weak"],
        adviser=content.get("adviser", False) and key not in lists["not_sought"],
        structure=key.partition(" ")[0] in lists["structures"],
        tool=tool,
        alone=kind == MADE and not tool and key not in lists["not_alone"],
    )


def _words(divisions: Mapping, kind: str) -> Iterator[tuple[str, Mapping, str, str]]:
    """Yield division, its content, label and word of one kind."""
    for division, content in divisions.items():
        if kind != NAMED:
            first = next(iter(content["trades"]), "")
            for word in content.get(kind, ()):
                yield division, content, first if kind in (DONE, TAUGHT) else word, word
            continue
        for label, others in content["trades"].items():
            yield from ((division, content, label, word) for word in (label, *others))


def _forms(kind: str, word: str) -> Iterator[str]:
    if kind != DONE:
        yield word
        yield from sorted(phrase_forms(word))
        return
    for subject in _SUBJECTS:
        yield f"{subject} {word}"
    verb, space, rest = word.partition(" ")
    if verb.endswith("e"):
        yield f"nous {verb}ons{space}{rest}" if verb.endswith("ge") else f"nous {verb[:-1]}ons{space}{rest}"


def _regular(verb: str) -> tuple[str, ...]:
    for ending, *others in _ENDINGS:
        if verb.endswith(ending):
            return tuple(verb[: -len(ending)] + new for new in others)
    return ()


def _slips(key: str) -> Iterator[str]:
    for right, wrong in _SLIPS:
        if right in key[1:] and (right != "rie" or key.endswith(right)):
            yield key[0] + key[1:].replace(right, wrong)


def _is_craft(craft: str | list[str], words: set[str]) -> bool:
    return craft == "all" or (craft != "none" and not words.isdisjoint(craft))
