"""The words around a place that say what it is, as `vocabularies/place_context.yml` lists them."""

from bot.nlu.entities import vocabulary

around: dict[str, frozenset[str]] = {
    name: frozenset(words) for name, words in vocabulary.read("place_context").items()
}
