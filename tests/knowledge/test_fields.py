import pytest

from knowledge.fields import Country, Email, Naf, PartialDate, Phone, Slug, Url, Zone


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Slug, ["cci-29", "17cyber"], ["CCI-29", "é", "a--b", "-a", ""]),
        (
            PartialDate,
            ["2024", "2024-06", "2024-02-29"],
            ["24", "2024-13", "2023-02-29", "2024-6-1", "juin 2024"],
        ),
        (
            Url,
            ["https://www.cci.fr", "http://a.fr/b?c=d"],
            ["www.cci.fr", "https://localhost", "https:// a.fr"],
        ),
        (Phone, ["02 98 00 38 00", "3006", "0 800 94 40 40", "0 262 974 999"], ["02 98", "12", "téléphone"]),
        (Email, ["contact@cci.fr"], ["contact", "contact@", "a b@cci.fr"]),
        (Naf, ["A", "47", "47.1", "47.11", "47.11A"], ["V", "4711Z", "47.", "a"]),
        (Zone, ["PAYS-99100", "REG-53", "DEP-2A", "EPCI-200068120", "COM-29232"], ["FR", "DEP29", "REG-"]),
        (Country, ["DE", "EU", "*"], ["de", "Germany", ""]),
    ],
)
def test_a_field_accepts_what_its_rule_says(kind, good, bad):
    assert [value for value in good if not kind.accept(value)] == []
    assert [value for value in bad if kind.accept(value)] == []


def test_a_refused_value_says_the_rule():
    with pytest.raises(ValueError, match="`cci 29` is not a slug: lower-case letters"):
        Slug.check("cci 29")
