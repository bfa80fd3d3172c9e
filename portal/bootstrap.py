"""Wires the portal from the settings: the only place that knows them all."""

import time
from datetime import date, datetime
from functools import partial
from urllib.parse import urljoin

from anyio.to_thread import run_sync
from fastapi import FastAPI

from conversations.bootstrap import (
    open_advisor_post,
    open_holds,
    open_interests,
    open_listing,
    open_mailer,
    open_opinions,
    open_record,
    open_survey,
    utc_now,
)
from conversations.log import ConversationLog
from conversations.privacy_bootstrap import open_purge
from conversations.signing import OwnerTokens
from conversations.waiting import Waiting
from edge.memory import give_back, give_back_for_ever
from edge.rates import Rates, open_redis
from knowledge.bootstrap import open_knowledge
from knowledge.last_copy import LAST_CONTACTS, LastCopy
from knowledge.service import KnowledgeBase
from knowledge.territories import Territories, load_territories
from knowledge.trades import read_trades
from portal import probes
from portal.advisors import Advisors
from portal.app import create_app
from portal.channels.bootstrap import open_channels
from portal.directory.desk import DirectoryDesk
from portal.directory.search import Searches
from portal.directory.words import read_words
from portal.enlisting import Enlisting
from portal.erasure import PARIS
from portal.fallback import Fallback
from portal.housekeeping import Housekeeping
from portal.limits import AddressLimiter, MessageLimiter, OpeningLimiter
from portal.metrics import Metrics
from portal.places import Places
from portal.rasa_client import HttpDialogue
from portal.recovery import Recovery
from portal.secret import token_keys, turn_secret
from portal.services import Services
from portal.site import Site
from portal.taken_over import TakenOver
from portal.turns import WEB, TurnDesk
from portal.wording import load_wording
from settings import Settings
from settings.channels import NEEDED

# KiB of the record's pages that each of the portal's connections keeps: a turn touches few, and there are many
# connections after a crowd. The system keeps the file anyway.
RECORD_CACHE = 256


def open_portal(settings: Settings) -> FastAPI:
    """Return the portal's application, its record opened and its knowledge base read.

    Raises what the knowledge base and the record raise when they cannot be opened.
    """
    return create_app(open_services(settings))


def open_services(settings: Settings) -> Services:
    """Return the portal's collaborators as the settings want them."""
    record = open_record(settings.sql_url("conversations"), RECORD_CACHE)
    log = ConversationLog(record, utc_now)
    waiting = Waiting(record, utc_now)
    knowledge = open_knowledge(settings.sql_url("knowledge"))
    dialogue = open_dialogue(settings)
    territories, wording, metrics = load_territories(), load_wording(), Metrics()
    rates = open_rates(settings, metrics)
    places, directory = Places(territories), open_directory(knowledge, territories)
    holds, enlisting = open_holds(record), Enlisting(open_listing(record))
    desk = TurnDesk(
        log=log,
        waiting=waiting,
        dialogue=dialogue,
        fallback=Fallback(wording, knowledge, places.find, LastCopy(settings.var / LAST_CONTACTS).contacts),
        wording=wording,
        limiter=MessageLimiter(rates),
        metrics=metrics,
        message_limit=settings.message_limit,
        tokens=OwnerTokens(token_keys(settings), utc_now, unsigned=log.any_unsigned(WEB)),
        taken_over=TakenOver(holds, wording),
        enlisting=enlisting,
    )

    channels = open_channels(settings, record, log, desk, wording, metrics)
    actions = probes.http_probe(urljoin(settings.actions_url, "/health"))

    async def close() -> None:
        await channels.aclose()
        await dialogue.aclose()
        log.close()

    return Services(
        desk=desk,
        opinions=open_opinions(record),
        openings=OpeningLimiter(rates),
        senders=AddressLimiter(rates),
        places=places,
        wording=wording,
        metrics=metrics,
        cookie_secure=settings.cookie_secure,
        today=today_in_paris,
        site=site_of(settings),
        directory=directory,
        leave_group=open_interests(record).withdraw_named,
        survey=open_survey(record, open_mailer(settings)),
        chores=(
            Housekeeping(open_purge(record, settings), dialogue).for_ever,
            Recovery(waiting, dialogue, desk, actions=actions).for_ever,
            enlisting.for_ever,
            channels.for_ever,
            Advisors(holds, open_advisor_post(record), desk.bell.ring, channels.pass_on).for_ever,
            partial(run_sync, _settle_in, directory),
            give_back_for_ever,
        ),
        channels=channels,
        widget_sites=settings.widget_sites,
        close=close,
        probes={
            "rasa": dialogue.ready,
            "actions": actions,
            "conversations": probes.record_probe(log),
            "knowledge": probes.knowledge_probe(knowledge),
        },
    )


def _settle_in(directory: DirectoryDesk) -> None:
    """Have what is counted over all records ready before somebody asks, and keep no more than that takes."""
    directory.prepare()
    give_back()


def open_rates(settings: Settings, metrics: Metrics) -> Rates:
    """Return where rates are counted: in the Redis of the settings, or in memory."""
    shared = open_redis(settings.redis_url, time.time) if settings.redis_url else None
    return Rates(time.monotonic, shared, time.time, lambda away: metrics.redis_away.set(away))


def open_directory(knowledge: KnowledgeBase, territories: Territories) -> DirectoryDesk:
    """Return what the pages of the directory ask."""
    words = read_words(territories)
    return DirectoryDesk(knowledge, Searches(territories, read_trades(), words), words)


def site_of(settings: Settings) -> Site:
    """Return what the settings say of the site."""
    return Site(
        address=(settings.portal_url or "").rstrip("/"),
        publisher=settings.site_publisher,
        publisher_address=settings.site_publisher_address,
        director=settings.site_director,
        hosting=settings.site_hosting,
        email=settings.site_email,
        kept_days=settings.conversation_days,
        request_days=settings.request_days,
        trace_days=settings.trace_days,
        backup_days=settings.backup_days,
        mails=bool(settings.smtp_host),
        advisors=bool(settings.advisors_inbox),
        handed=bool(settings.conseillers_url),
        channels=tuple(name for name in NEEDED if settings.has_channel(name)),
    )


def today_in_paris() -> date:
    """Return the day it is for the law that dates are told from."""
    return datetime.now(PARIS).date()


def open_dialogue(settings: Settings) -> HttpDialogue:
    """Return the way to rasa."""
    return HttpDialogue(settings.rasa_url, secret=turn_secret(settings), timeout=settings.turn_timeout)
