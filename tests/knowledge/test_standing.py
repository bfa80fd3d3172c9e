"""A look-up reads only the first postings of a zone; what it answers is what reading all of them would answer."""

import random

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select, update

from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.codes import Confidence, Need, Trade
from knowledge.coverage import reach_of
from knowledge.facts import Firm
from knowledge.matching import MOST, Question, find
from knowledge.migrating import MIGRATIONS, migrate
from knowledge.models import AdvisorPosting
from knowledge.store import open_engine

BODIES = 4 * MOST


@pytest.fixture
def crowd(advisor):
    """Many bodies of one département, most of them alike for everybody, some for certain firms only."""
    draw = random.Random(4)

    def body(number: int):
        return advisor(
            f"body-{draw.randrange(10**6):06}-{number}",
            kind=draw.choice(["other", "bar", "cyber", "association"]),
            level="departement",
            territory="29",
            needs=["website", "contracts_abroad"],
            first_for=["website"] if draw.random() < 0.1 else [],
            shown=draw.choice(["always", "always", "last"]),
            confidence=draw.choice([Confidence.OFFICIAL, Confidence.SECONDARY]),
            seen=f"20{draw.randint(20, 26)}-{draw.randint(1, 12):02}",
            source_url="https://www.example.org",
            audience_naf=["47"] if draw.random() < 0.1 else [],
            headcount_max=9 if draw.random() < 0.1 else None,
            countries=["DE"] if draw.random() < 0.1 else [],
            languages=["de"] if draw.random() < 0.1 else [],
            seat="COM-29019" if draw.random() < 0.1 else None,
        )

    return [body(number) for number in range(BODIES)]


@pytest.mark.parametrize("need", [Need.WEBSITE, Need.CONTRACTS_ABROAD])
@pytest.mark.parametrize("firm", [Firm(), Firm(sector="47", headcount=30, country="DE")])
def test_reading_the_first_of_a_zone_is_as_good_as_reading_all(served, crowd, territories, need, firm):
    question = Question(need, reach_of(territories.communes["29019"], territories), firm, Trade.COMMERCE)
    with served(crowd).connect() as connection:
        quick = [found.id for found in find(connection, question).first()]
        assert connection.scalar(select(func.max(AdvisorPosting.standing))) > 0
    with served(crowd).begin() as connection:
        connection.execute(update(AdvisorPosting).values(standing=0))
        whole = [found.id for found in find(connection, question).first()]

    assert quick == whole
    assert len(quick) == MOST


def test_a_store_of_the_form_before_is_posted_again_by_the_next_load(sample, tmp_path):
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    load_knowledge(sample, url)
    before = [contact.id for contact in open_knowledge(url).contacts("website")]
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = open_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    migrate(engine)

    assert load_knowledge(sample, url) is True
    assert [contact.id for contact in open_knowledge(url).contacts("website")] == before
