"""Wires the action server: the only place that reads settings and opens stores."""

from __future__ import annotations

import logging
from functools import lru_cache

from actions.services import Services
from actions.wording_store import load_wording
from conversations.bootstrap import (
    open_answer_post,
    open_handover,
    open_interests,
    open_mailer,
    open_record,
    open_requests,
)
from knowledge.bootstrap import open_knowledge
from knowledge.errors import EmptyStore, StoreUnreachable
from knowledge.last_copy import LAST_CONTACTS, LastCopy
from knowledge.reopening import Reopening
from knowledge.territories import load_territories
from settings import get_settings

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def get_services() -> Services:
    """Return the services of this process, opened at the first call."""
    settings = get_settings()
    record, mailer = open_record(settings.sql_url("conversations")), open_mailer(settings)
    territories, last_copy = load_territories(), LastCopy(settings.var / LAST_CONTACTS)
    knowledge = Reopening(lambda: open_knowledge(settings.sql_url("knowledge")))
    try:
        last_copy.keep(knowledge, territories)
    except (EmptyStore, StoreUnreachable):
        logger.exception("the knowledge base does not answer; it is asked again at each message")
    return Services(
        knowledge=knowledge,
        territories=territories,
        last_copy=last_copy,
        wording=load_wording(),
        requests=open_requests(record, mailer, handover=open_handover(settings)),
        interests=open_interests(record),
        mailer=mailer,
        answer_post=open_answer_post(record),
        kept_days=(settings.conversation_days, settings.request_days),
    )
