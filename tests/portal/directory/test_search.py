import pytest


def place_of(search):
    return search.place and (search.place.level, search.place.code)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Quimper", ("commune", "29232")),
        ("quimper", ("commune", "29232")),
        ("29000", ("commune", "29232")),
        ("29", ("departement", "29")),
        ("la Réunion", ("departement", "974")),
        ("ile de france", ("region", "11")),
        ("Nouvelle-Calédonie", ("departement", "988")),
    ],
)
def test_a_place_is_found_by_name_postcode_or_number(read, typed, place):
    assert place_of(read(lieu=typed)) == place


def test_a_name_of_several_places_asks_which(read):
    search = read(lieu="Saint-Denis")
    assert search.place is None
    assert search.undecided
    assert {"97411", "93066"} <= {place.code for place in search.choices}


def test_the_place_that_is_meant_by_its_name_is_taken_and_the_others_named(read):
    search = read(lieu="Bretagne")
    assert place_of(search) == ("region", "53")
    assert [place.level for place in search.choices] == ["commune", "commune"]


def test_the_chosen_place_holds_until_another_name_is_typed(read):
    chosen = read(zone="COM-97411", lieu="Saint-Denis (974)")
    assert place_of(chosen) == ("commune", "97411")
    assert place_of(read(zone="COM-97411", lieu="Quimper")) == ("commune", "29232")
    assert read(zone="COM-97411", lieu="").place is None


@pytest.mark.parametrize(
    "zone", ["COM-00000", "DEP-", "-", "nimporte", "UE", "PAYS-99100", "COM-29232' or 1=1"]
)
def test_a_zone_that_is_none_is_left_out(read, zone):
    assert read(zone=zone).place is None


def test_an_unknown_place_is_said(read):
    search = read(lieu="Trifouillis-sur-Rien")
    assert search.unknown_place
    assert search.undecided


@pytest.mark.parametrize(
    ("typed", "division"),
    [("fleuriste", "47"), ("coiffeuse", "96"), ("plombiers", "43"), ("Boulangère", "10")],
)
def test_a_trade_is_found_in_its_forms(read, typed, division):
    assert read(metier=typed).trade.division == division


def test_an_unknown_trade_is_said_and_does_not_hold_up(read):
    search = read(metier="dresseur de licornes", lieu="Quimper")
    assert search.unknown_trade
    assert not search.undecided


@pytest.mark.parametrize(
    ("typed", "page"), [("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("٣", 1), ("99999", 1), ("", 1)]
)
def test_a_page_is_a_number(read, typed, page):
    assert read(page=typed).page == page


def test_a_search_is_written_back_into_the_address(read):
    search = read(besoin="website", lieu="Quimper", metier="fleuriste", terminees="1", page="2")
    assert search.query(search.page) == "?besoin=website&zone=COM-29232&metier=fleuriste&terminees=1&page=2"
    assert search.without("place", "trade", "ended").query() == "?besoin=website"
    assert read().query() == ""


def test_an_unknown_need_is_left_out(read):
    assert read(besoin="<script>").need is None
