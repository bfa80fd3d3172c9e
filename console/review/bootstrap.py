"""Opens the review over an open record and the project's own training data."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from sqlalchemy.engine import Engine

from console.accounts.views import Account
from console.review.checks import Checks, Known
from console.review.desk import REVIEWING, ReviewDesk
from conversations.masking import mask, spans
from conversations.privacy_bootstrap import open_reading_log
from conversations.review_bootstrap import open_candidates, open_exports, open_reviews
from conversations.review_masking import Teaching
from settings import ROOT

TRAINING = ROOT / "data" / "nlu"
# The sets that measure the assistant; nothing like them may be taught.
MEASURING = ROOT / "tests" / "nlu"


def open_review(
    record: Engine, kept: Path | None = None, accounts: Callable[[], Sequence[Account]] = list
) -> ReviewDesk:
    """Return the review of a record; `kept` is a folder for the training data as it was read, `accounts` gives all."""

    def reviewers() -> dict[str, str]:
        may = (each for each in accounts() if each.role in REVIEWING)
        return {each.id: each.name for each in may if each.disabled_at is None and not each.invited}

    teaching = Teaching(spans, mask)
    return ReviewDesk(
        reviews=open_reviews(record),
        candidates=open_candidates(record),
        exports=open_exports(record),
        teaching=teaching,
        checks=Checks(Known(TRAINING, sorted(MEASURING.glob("*.jsonl")), kept), teaching),
        reads=open_reading_log(record),
        reviewers=reviewers,
        people=lambda: {each.id: each.name for each in accounts()},
    )


def preparing(review: ReviewDesk) -> Callable[[], Awaitable[None]]:
    """Return the chore that makes the training data ready once, beside whoever is served meanwhile."""

    async def once() -> None:
        await asyncio.to_thread(review.checks.known.prepare)

    return once
