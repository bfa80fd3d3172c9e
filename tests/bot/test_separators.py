import numpy as np
import pytest

from bot.nlu.separators import Separators, WeightedTerms
from bot.nlu.text_features import text_features

TEXTS = [
    "refaire mon site",
    "un site internet",
    "un prêt à la banque",
    "crédit pour le site",
    "bonjour à vous",
]


@pytest.mark.parametrize("text", [*TEXTS, "site site site d'un prêteur", "zzz \ud800", ""])
def test_terms_weigh_what_scikit_learn_says(text):
    features = text_features().fit(TEXTS)
    weights = (
        np.random.default_rng(0).normal(size=(len(features.get_feature_names_out()), 3)).astype(np.float32)
    )
    words = len(features.transformer_list[0][1].vocabulary_)
    parts = [weights[:words], weights[words:]]
    found = sum(
        WeightedTerms(vectorizer, part).scores(text)
        for (_, vectorizer), part in zip(features.transformer_list, parts, strict=True)
    )
    assert found == pytest.approx((features.transform([text]) @ weights)[0], abs=1e-3)


def test_a_text_sounds_like_its_own_label():
    said = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1]])
    scores = Separators(1.0).fit(TEXTS, said).scores(["un site", "la banque", "bonjour"])
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_no_text_has_no_row():
    said = np.array([[1], [1], [0], [1], [0]])
    assert Separators(1.0).fit(TEXTS, said).scores([]).shape == (0, 1)


def test_the_same_texts_train_the_same_separators():
    """Two at a time in one process draw from the same source, and no training is like another."""
    chance = np.random.default_rng(1)
    words = ["".join(chance.choice(list("aeioulmnrst"), size=6)) for _ in range(300)]
    texts = [" ".join(chance.choice(words, size=8)) for _ in range(1000)]
    said = (chance.random((1000, 8)) < 0.3).astype(int)
    first, second = (Separators(0.35).fit(texts, said).scores(texts[:5]) for _ in range(2))
    assert (first == second).all()
