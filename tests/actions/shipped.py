"""The knowledge base as it is shipped, on a day that does not move: for texts that depend on the content."""

from datetime import date
from functools import lru_cache

from actions.answer_need import AnswerNeed
from actions.services import Services
from actions.wording_store import load_wording
from knowledge.bootstrap import serve
from knowledge.loader import read_content
from knowledge.migrating import migrate
from knowledge.service import KnowledgeBase
from knowledge.store import open_engine
from knowledge.territories import load_territories
from settings import ROOT
from tests.actions.conftest import QUIMPER, need

TODAY = date(2026, 11, 23)


@lru_cache(maxsize=1)
def shipped_services() -> Services:
    """Return services over the shipped content, read once for all tests."""
    territories = load_territories()
    engine = open_engine("sqlite://")
    migrate(engine)
    serve(engine, read_content(ROOT / "knowledge" / "content", territories))
    knowledge = KnowledgeBase(engine, territories, today=lambda: TODAY)
    return Services(knowledge, territories, load_wording(), today=lambda: TODAY)


async def asked_for(shipped, code, text="…", *others):
    """Return the answer to a need that is stated in Quimper; `others` are further entities of the message."""
    entities = [need(code), QUIMPER, *others]
    return await shipped.run(AnswerNeed, text=text, intent=f"need_{code}", entities=entities)
