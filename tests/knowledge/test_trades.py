import pytest

from knowledge.trades import Trades, read_trades

TABLE = {
    "96": {
        "section": "S",
        "craft": ["coiffeur"],
        "trades": {"coiffeur": ["salon de coiffure"], "tatoueur": []},
    },
    "56": {"section": "I", "craft": "none", "trades": {"restaurateur": ["restaurant"]}},
    "43": {"section": "F", "craft": "all", "trades": {"plombier": []}, "in_context": ["avocat", "tatoueur"]},
    "99": {"section": "U"},
}


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Coiffeuse", "coiffeur"),
        ("salons de coiffure", "coiffeur"),
        ("tatoueuse", "tatoueur"),
        ("Restauratrice", "restaurateur"),
        ("restaurants", "restaurateur"),
        ("plombière", "plombier"),
    ],
)
def test_a_trade_has_many_forms(typed, label):
    assert Trades(TABLE).find(typed).label == label


def test_a_trade_says_its_activity_and_whether_it_is_a_craft():
    trades = Trades(TABLE)
    hairdresser, tattooist, plumber = map(trades.find, ("coiffeur", "tatoueur", "plombier"))
    assert (hairdresser.division, hairdresser.section) == ("96", "S")
    assert (hairdresser.craft, tattooist.craft, plumber.craft) == (True, False, True)


def test_a_word_that_is_a_trade_in_context_only_is_one_where_a_trade_is_asked_for():
    trades = Trades(TABLE)
    assert trades.find("Avocate").division == "43"
    assert trades.find("tatoueur").division == "96", "a word that is a trade by itself comes first"


@pytest.mark.parametrize("typed", ["", "licorne", "e", "coif"])
def test_what_is_no_trade_is_none(typed):
    assert Trades(TABLE).find(typed) is None


def test_the_shipped_table_knows_common_trades():
    trades = read_trades()
    for typed in (
        "fleuriste",
        "boulangerie",
        "menuisière",
        "graphiste",
        "gîte",
        "garage",
        "traiteur",
        "avocate",
    ):
        assert trades.find(typed), typed


@pytest.mark.parametrize(
    ("typed", "division"), [("e-commerce", "47"), ("Ecommerce", "47"), ("santé", "86"), ("sport", "93")]
)
def test_a_whole_branch_is_found_where_a_trade_is_asked_for(typed, division):
    assert read_trades().find(typed).division == division


def test_a_trade_comes_before_a_branch_of_its_name():
    branch = {"section": "F", "craft": "none", "searched": {"coiffeur": ["peigne"]}}
    trades = Trades({"43": branch} | TABLE | {"43": branch})
    assert trades.find("coiffeur").division == "96"
    assert trades.find("peigne").division == "43"
