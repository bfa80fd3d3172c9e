import pytest

from knowledge.codes import Need


@pytest.mark.parametrize("need", Need.values())
def test_what_the_page_writes_for_an_owner_is_said_of_oneself(desk, need):
    place = desk.words.territories.get("departement", "29")
    for asked in (desk.words.asking(need, None), desk.words.asking(need, place)):
        assert asked.startswith("Je veux ")
        assert not asked.startswith(("Je veux se ", "Je veux s’", "Je veux s'"))
        assert asked.endswith(".")
