"""What an editor has to verify among the records they keep, the most pressing first."""

from datetime import date

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.editing.changes import Editor
from knowledge.editing.keeping import schemes_of
from knowledge.freshness.facts import FactReader
from knowledge.freshness.ground import Ground
from knowledge.freshness.limits import read_limits
from knowledge.freshness.staleness import ToVerify, first_and_total, to_verify
from knowledge.reading import reaching
from knowledge.territories import Territories

MOST = 100  # records of the list


def stale(
    engine: Engine, editor: Editor, territories: Territories, today: date, most: int = MOST
) -> tuple[list[ToVerify], int]:
    """Return what to verify first, at most `most`, and how many records there are to verify."""
    limits = read_limits()
    reader = FactReader(Ground(territories), limits, today)
    with reaching():
        advisors, schemes = store.stream_advisors(engine), store.stream_schemes(engine)
        if not editor.keeps_all:
            with Session(engine, future=True) as session:
                paid = set(schemes_of(session, editor.bodies))
            advisors = (each for each in advisors if each.id in editor.bodies)
            schemes = (each for each in schemes if each.id in paid)
        facts = reader.all(advisors, schemes, {})
        return first_and_total(to_verify(facts, limits, today), most)
