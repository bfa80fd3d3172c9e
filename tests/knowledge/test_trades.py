import pytest

from knowledge.trades import Trades, read_trades

TABLE = {
    "96": {
        "section": "S",
        "craft": ["coiffeur"],
        "trades": {"coiffeur": ["salon de coiffure"], "tatoueur": []},
    },
    "56": {"section": "I", "craft": "none", "trades": {"restaurateur": ["restaurant"]}},
    "43": {"section": "F", "craft": "all", "trades": {"plombier": []}},
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


@pytest.mark.parametrize("typed", ["", "licorne", "e", "coif"])
def test_what_is_no_trade_is_none(typed):
    assert Trades(TABLE).find(typed) is None


def test_the_shipped_table_knows_common_trades():
    trades = read_trades()
    for typed in ("fleuriste", "boulangerie", "menuisière", "graphiste", "gîte", "garage", "traiteur"):
        assert trades.find(typed), typed
