from types import SimpleNamespace

import pytest

from knowledge.codes import BodyKind, BodyLevel, Confidence, Need, SchemeLevel, SchemeStatus
from knowledge.freshness.coverage import Hole
from knowledge.freshness.report import OLDEST, UNDATED, Observatory
from knowledge.freshness.staleness import Reason
from knowledge.freshness.tables import Tables
from knowledge.freshness.text import write_report
from knowledge.freshness.words import Words
from tests.knowledge.freshness.conftest import TODAY

READ = {"confidence": "official", "source_url": "https://exemple.fr", "url": "https://exemple.fr"}


@pytest.fixture
def survey(territories, limits):
    return Observatory(territories, limits, TODAY).survey


@pytest.fixture
def small(survey, advisor, scheme, guidance):
    """A report on two bodies, two schemes and one price."""
    return survey(
        [
            advisor("chamber", **READ, kind="cci", level="departement", territory="29", seen="2026-06"),
            advisor("country", confidence="secondary", url="https://exemple.fr", seen="2013"),
        ],
        [
            scheme("open", seen="2026-01"),
            scheme("over", level="region", eligibilite_geographique=["REG-53"], date_cloture="2026-01"),
        ],
        {"costs": {"g": guidance(label="Un prix", seen="2025-11-26")}},
    )


@pytest.fixture
def everywhere(ground, advisor):
    """Verified bodies for one need in every region but those left out."""

    def make(need, *left_out):
        slug = need.replace("_", "-")
        regions = sorted({place.region for place in ground.places} - set(left_out))
        return [
            advisor(f"{slug}-{code}", **READ, level="region", territory=code, needs=[need])
            for code in regions
        ]

    return make


def test_records_are_counted(small):
    assert small.sizes == {"advisor": 2, "scheme": 2, "guidance": 1}
    assert small.confidence["advisor", Confidence.OFFICIAL] == 1
    assert small.kinds == {(BodyKind.CCI, Confidence.OFFICIAL): 1, (BodyKind.OTHER, Confidence.SECONDARY): 1}
    assert small.levels[BodyLevel.DEPARTEMENT, Confidence.OFFICIAL] == 1
    assert small.seated == {("29", True): 1}
    assert small.schemes == {
        (SchemeStatus.OPEN, SchemeLevel.NATIONAL): 1,
        (SchemeStatus.ENDED, SchemeLevel.REGION): 1,
    }


def test_ages_are_counted_in_whole_years(small):
    assert small.ages == {
        (0, "advisor"): 1,
        (OLDEST, "advisor"): 1,
        (0, "scheme"): 1,
        (UNDATED, "scheme"): 1,
        (1, "guidance"): 1,
    }


def test_reasons_are_counted_and_the_first_kept(small):
    assert small.reasons[Reason.CLOSED, "scheme"] == 1
    assert small.to_verify == 3
    assert {item.fact.id for item in small.first} == {"country", "open", "over"}


def test_holes_are_named_by_region_where_a_whole_region_lacks_it(survey, everywhere, advisor):
    bodies = everywhere("loans", "53", "93", "988")
    bodies += [
        advisor(f"d{code}", **READ, level="departement", territory=code, needs=["loans"])
        for code in ("13", "83")
    ]

    report = survey(bodies, [])
    [lacking] = [lacking for lacking in report.holes if lacking.need is Need.LOANS]

    assert lacking.hole is Hole.NOBODY
    assert Words().places(lacking) == (
        "Bretagne (les 4 départements), Alpes-de-Haute-Provence, Hautes-Alpes, Alpes-Maritimes, Vaucluse, "
        "Nouvelle-Calédonie"
    )
    assert len(lacking.codes) == 9


def test_what_lacks_everywhere_is_said_in_a_word(survey):
    report = survey([], [])

    assert {Words().places(lacking) for lacking in report.holes} == {
        "les 101 départements, les 6 collectivités d’outre-mer"
    }
    assert [row.count for row in Tables(report, Words()).lacks()] == [107]


def test_needs_that_lack_the_same_are_named_together_the_widest_first(survey, everywhere):
    bodies = [body for need in Need.values() if need not in ("loans", "grants") for body in everywhere(need)]
    bodies += everywhere("loans", "53") + everywhere("grants", "53", "52")

    lacks = Tables(survey(bodies, []), Words()).lacks()

    assert [(lack.needs, lack.count) for lack in lacks] == [
        ("Aides et subventions", 9),
        ("Prêts et garanties", 4),
    ]


def test_the_text_says_everything_in_french_within_its_width(small):
    text = write_report(small, Words(), width=100)

    assert "Base de connaissances au 26 novembre 2026" in text
    assert "2 interlocuteurs, 2 aides, 1 repère. 3 fiches à vérifier." in text
    assert "Chambre de commerce" in text
    assert "29 Finistère" in text
    assert "terminée depuis" in text
    assert max(map(len, text.splitlines())) <= 100


def test_markup_in_a_record_stays_text(survey, advisor):
    text = write_report(survey([advisor("a", name="Le [bold]réseau[/bold]")], []), Words())

    assert "Le [bold]réseau[/bold]" in text


def test_every_code_has_its_words(content, survey):
    words, report = Words(), survey(content.advisors.values(), content.schemes.values(), content.guidance)

    assert write_report(report, words)
    for group, codes in (("kinds", BodyKind), ("needs", Need), ("reasons", Reason), ("status", SchemeStatus)):
        assert all(words.say(group, code) for code in codes)
    assert all(words.say("levels", code) for code in (*BodyLevel, *SchemeLevel))
    assert all(words.record(SimpleNamespace(record=section)) != "repère" for section in content.guidance)


@pytest.mark.parametrize(
    ("seen", "said"),
    [("2024", "2024"), ("2024-06", "juin 2024"), ("2024-06-01", "1er juin 2024"), (None, "sans date")],
)
def test_dates_are_said_as_precisely_as_they_are_known(seen, said):
    assert Words().day(seen) == said
