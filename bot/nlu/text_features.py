"""Turns a message into numbers: words and pieces of words, whatever the accents, case and apostrophes."""

from __future__ import annotations

import re
import unicodedata

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

_REPEATED = re.compile(r"(.)\1{2,}")


def fold(text: str) -> str:
    """Return `text` in lower case without accents, with one kind of apostrophe and at most two letters in a row."""
    text = text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _REPEATED.sub(r"\1\1", bare)


def text_features() -> FeatureUnion:
    """Return the untrained features: words alone and in pairs, and pieces of two to five letters inside words.

    Pieces of words carry what is left of a word that was misspelt or shortened.
    """
    words = TfidfVectorizer(
        preprocessor=fold, token_pattern=r"[a-z0-9]+|[?€]", ngram_range=(1, 2), sublinear_tf=True
    )
    pieces = TfidfVectorizer(
        preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True
    )
    return FeatureUnion([("words", words), ("pieces", pieces)])
