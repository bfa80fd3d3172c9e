"""Wires the action server: the only place that reads settings and opens stores."""

from __future__ import annotations

from functools import lru_cache

from actions.services import Services
from actions.wording_store import load_wording
from conversations.bootstrap import open_interests, open_mailer, open_record, open_requests
from knowledge.bootstrap import open_knowledge
from knowledge.territories import load_territories
from settings import get_settings


@lru_cache(maxsize=1)
def get_services() -> Services:
    """Return the services of this process, opened at the first call."""
    settings = get_settings()
    record, mailer = open_record(settings.sql_url("conversations")), open_mailer(settings)
    return Services(
        knowledge=open_knowledge(settings.sql_url("knowledge")),
        territories=load_territories(),
        wording=load_wording(),
        requests=open_requests(record, mailer),
        interests=open_interests(record),
        mailer=mailer,
    )
