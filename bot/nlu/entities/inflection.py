"""The forms a French noun or adjective takes, from its masculine singular."""

# Ending, and what it becomes in the feminine; the first that fits counts.  A plain « e » is added elsewhere.
_FEMININE = (
    ("e", ("e",)),
    ("teur", ("trice", "teuse")),
    ("eur", ("euse", "eure")),
    ("er", ("ère",)),
    ("ien", ("ienne",)),
    ("éen", ("éenne",)),
    ("yen", ("yenne",)),
    ("on", ("onne",)),
    ("if", ("ive",)),
    ("eux", ("euse",)),
    ("el", ("elle",)),
)
_PERSONS = ("er", "eur", "ien", "éen", "if", "ant", "ent", "an", "ain", "ard", "on", "and", "el", "at")
_LINKS = ("de ", "d'", "du ", "des ", "à ", "au ", "en ", "pour ", "sur ")
_WITHOUT_FEMININE = ("x", "z", "eau", "age", "o", "ing", "u", "que")


def plural(word: str) -> str:
    """Return the plural of a word."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    return word[:-2] + "aux" if word.endswith("al") else word + "s"


def singular(word: str) -> str:
    """Return the singular of a plural noun or adjective, the word itself where it has none."""
    if word.endswith(("eaux", "eux", "oux")):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "is", "us", "as", "os")) else word


def singular_phrase(phrase: str) -> str:
    """Return a phrase in the singular: its first word, and the adjectives after it."""
    first, space, rest = phrase.partition(" ")
    tail = rest if rest.startswith(_LINKS) else " ".join(singular(word) for word in rest.split(" "))
    return f"{singular(first)}{space}{tail}"


def feminines(word: str) -> tuple[str, ...]:
    """Return the feminine forms of a masculine adjective or noun; none where its ending has none."""
    for ending, replaced in _FEMININE:
        if word.endswith(ending):
            return tuple(word[: -len(ending)] + new for new in replaced)
    return () if word.endswith(_WITHOUT_FEMININE) else (word + "e",)


def forms(word: str) -> set[str]:
    """Return masculine and feminine, singular and plural, of an adjective or the name of a people."""
    singular = {word, *feminines(word)}
    return singular | {plural(form) for form in singular}


def trade_forms(word: str) -> set[str]:
    """Return the forms of a trade's first word: feminine only where the ending is that of a person."""
    return forms(word) if word.endswith(_PERSONS) else {word, plural(word)}


def phrase_forms(phrase: str) -> set[str]:
    """Return the forms of a phrase: its first word agrees, and a following adjective may in the plural."""
    first, space, rest = phrase.partition(" ")
    heads = trade_forms(first)
    if not space:
        return heads
    return {f"{head} {tail}" for head in heads for tail in {rest, _plural_tail(rest)}}


def _plural_tail(rest: str) -> str:
    return rest if rest.startswith(_LINKS) else " ".join(plural(word) for word in rest.split(" "))
