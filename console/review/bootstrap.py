"""Opens the review over an open record and the project's own training data."""

from sqlalchemy.engine import Engine

from console.review.checks import Checks, Known
from console.review.desk import ReviewDesk
from conversations.masking import mask, spans
from conversations.privacy_bootstrap import open_reading_log
from conversations.review_bootstrap import open_candidates, open_exports, open_reviews
from conversations.review_masking import Teaching
from settings import ROOT

TRAINING = ROOT / "data" / "nlu"
# The sets that measure the assistant; nothing like them may be taught.
MEASURING = ROOT / "tests" / "nlu"


def open_review(record: Engine) -> ReviewDesk:
    """Return the review of a record."""
    teaching = Teaching(spans, mask)
    return ReviewDesk(
        reviews=open_reviews(record),
        candidates=open_candidates(record),
        exports=open_exports(record),
        teaching=teaching,
        checks=Checks(Known(TRAINING, sorted(MEASURING.glob("*.jsonl"))), teaching),
        reads=open_reading_log(record),
    )
