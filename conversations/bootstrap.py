"""Opens the record: the one place where its database and its mail server are chosen."""

from datetime import datetime, timedelta, timezone

from sqlalchemy.engine import Engine

from conversations.advising import Advising
from conversations.advisor_post import AdvisorPost
from conversations.browsing import Browsing
from conversations.digests import Digests
from conversations.expired_sessions import ExpiredSessions
from conversations.group_care import GroupCare
from conversations.group_post import GroupPost
from conversations.handling import RequestHandling
from conversations.handover import HandOver, Partner
from conversations.holds import Holds
from conversations.inbox import Inbox
from conversations.interests import Interests
from conversations.letters import load_letters
from conversations.listing import Listing
from conversations.log import Clock, ConversationLog
from conversations.mailer import Mailer, MailServer, NoMailer, SmtpMailer
from conversations.migrating import bring_up_to_date
from conversations.opinions import Opinions
from conversations.outbox import Outbox
from conversations.outgoing import OutgoingMessages
from conversations.postman import Postman
from conversations.reminding import Reminding
from conversations.replies import Replies
from conversations.request_lists import RequestLists
from conversations.request_routes import RequestRoutes
from conversations.requests import RequestDesk
from conversations.retention import Retention
from conversations.satisfaction import Survey
from conversations.saved_views import SavedViews
from conversations.searching import Searching
from conversations.sending import AnswerPost
from conversations.statistics.desk import Statistics
from conversations.store import PAGE_CACHE, open_engine
from conversations.strangers import Strangers
from conversations.transactions import Transactions
from conversations.transcripts import Transcripts
from settings import Settings


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(timezone.utc)


def open_record(url: str, page_cache: int = PAGE_CACHE) -> Engine:
    """Return the database at `url` (SQLAlchemy address), with all tables of the record in their present form.

    A record from before the digests gets them now. Raises SQLAlchemyError when the database cannot be opened, and
    DatabaseNewer when it is of a later program. `page_cache` is that of `open_engine`.
    """
    engine = open_engine(url, page_cache)
    bring_up_to_date(engine)
    open_digests(engine).fill()
    return engine


def open_log(url: str, clock: Clock = utc_now) -> ConversationLog:
    """Open the record at `url`, its tables brought to their present form.

    Raises what `open_record` raises.
    """
    return ConversationLog(open_record(url), clock)


def open_digests(engine: Engine, clock: Clock = utc_now) -> Digests:
    """Return the digests of an open record."""
    return Digests(Transactions(engine), clock)


def open_listing(engine: Engine) -> Listing:
    """Return what brings lists and searches of an open record up to date with answers."""
    return Listing(Transactions(engine))


def open_browsing(engine: Engine) -> Browsing:
    """Return the lists of conversations of an open record."""
    return Browsing(Transactions(engine))


def open_searching(engine: Engine) -> Searching:
    """Return the search over what was said in an open record."""
    return Searching(Transactions(engine))


def open_transcripts(engine: Engine) -> Transcripts:
    """Return the conversations of an open record for reading."""
    return Transcripts(Transactions(engine))


def open_saved_views(engine: Engine, clock: Clock = utc_now) -> SavedViews:
    """Return the lists that accounts have saved in an open record."""
    return SavedViews(Transactions(engine), clock)


def open_requests(
    engine: Engine, mailer: Mailer, clock: Clock = utc_now, handover: HandOver | None = None
) -> RequestDesk:
    """Return the requests kept in an open record; what can be sent about them is written."""
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    return RequestDesk(transactions, clock, outbox, load_letters(), mailer.enabled, handover)


def open_outbox(engine: Engine, clock: Clock = utc_now) -> Outbox:
    """Return the mail of an open record, to note what became of it."""
    return Outbox(Transactions(engine), clock)


def open_interests(engine: Engine, clock: Clock = utc_now) -> Interests:
    """Return the interests in a shared expert kept in an open record."""
    return Interests(engine, clock)


def open_opinions(engine: Engine, clock: Clock = utc_now) -> Opinions:
    """Return what owners think of their answers, kept in an open record."""
    return Opinions(Transactions(engine), clock)


def open_statistics(engine: Engine, clock: Clock = utc_now) -> Statistics:
    """Return the counts of an open record."""
    return Statistics(Transactions(engine), clock)


def open_answer_post(engine: Engine, clock: Clock = utc_now) -> AnswerPost:
    """Return who sends the answers of conversations kept in an open record."""
    transactions = Transactions(engine)
    return AnswerPost(transactions, Outbox(transactions, clock), load_letters())


def open_retention(engine: Engine, settings: Settings, clock: Clock = utc_now) -> Retention:
    """Return what deletes from an open record what is older than the settings allow."""
    return Retention(
        engine,
        clock,
        conversations=timedelta(days=settings.conversation_days),
        requests=timedelta(days=settings.request_days),
        strangers=open_strangers(settings),
        traces=timedelta(days=settings.trace_days),
        sessions=ExpiredSessions(
            timedelta(hours=settings.console_idle_hours), timedelta(hours=settings.console_session_hours)
        ),
    )


def open_strangers(settings: Settings) -> Strangers:
    """Return what the dialogue engine keeps of conversations, known to the record or not."""
    return Strangers(open_engine(settings.sql_url("tracker")))


def open_inbox(engine: Engine, lease: timedelta, clock: Clock = utc_now) -> Inbox:
    """Return what came in on messaging channels; a worker has a conversation to itself for `lease`."""
    return Inbox(Transactions(engine), clock, lease)


def open_outgoing(engine: Engine, clock: Clock = utc_now) -> OutgoingMessages:
    """Return what goes out on messaging channels."""
    return OutgoingMessages(Transactions(engine), clock)


def open_mailer(settings: Settings) -> Mailer:
    """Return the way to the mail server of the settings, or one that sends nothing."""
    if not settings.smtp_host:
        return NoMailer()
    return SmtpMailer(
        MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
            security=settings.smtp_security,
            sender=settings.mail_sender,
            advisors=settings.advisors_inbox or None,
        )
    )


def open_handover(settings: Settings) -> HandOver | None:
    """Return the way to Conseillers-Entreprises, or None where the settings name none."""
    if not settings.conseillers_url:
        return None
    return HandOver(
        Partner(
            url=settings.conseillers_url,
            token=settings.conseillers_token.get_secret_value() if settings.conseillers_token else "",
            landing=settings.conseillers_landing or 0,
            subjects=settings.conseillers_subjects,
            page=settings.portal_url,
        )
    )


def open_postman(
    engine: Engine,
    mailer: Mailer,
    clock: Clock = utc_now,
    page: str = "",
    handover: HandOver | None = None,
) -> Postman:
    """Return who empties the outbox of an open record; `page` is the address of the assistant, if it has one."""
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    letters = load_letters(page=page)
    if not mailer.enabled:
        return Postman(outbox, mailer, handover=handover)
    return Postman(
        outbox,
        mailer,
        open_reminding(engine, mailer, clock),
        GroupPost(transactions, outbox, letters),
        handover,
    )


def open_reminding(engine: Engine, mailer: Mailer, clock: Clock = utc_now) -> Reminding:
    """Return who recalls the requests of an open record that nobody takes or answers."""
    transactions = Transactions(engine)
    return Reminding(transactions, clock, Outbox(transactions, clock), load_letters(), mailer.advisors)


def open_advising(engine: Engine, mailer: Mailer, clock: Clock = utc_now, page: str = "") -> Advising:
    """Return what advisors do with an open record; `page` is the address of the assistant, if it has one."""
    transactions, letters = Transactions(engine), load_letters(page=page)
    outbox = Outbox(transactions, clock)
    survey = Survey(transactions, clock, outbox, letters, mailer.enabled, page)
    return Advising(
        handling=RequestHandling(transactions, clock, outbox, letters, survey, mailer.enabled),
        lists=RequestLists(transactions),
        routes=RequestRoutes(transactions, clock),
        replies=Replies(transactions, clock, outbox, letters, mailer.enabled),
        holds=Holds(transactions, clock, letters),
        groups=GroupCare(transactions, clock),
        outgoing=OutgoingMessages(transactions, clock),
        survey=survey,
    )


def open_holds(engine: Engine, clock: Clock = utc_now) -> Holds:
    """Return the conversations of an open record that advisors have taken over."""
    return Holds(Transactions(engine), clock, load_letters())


def open_advisor_post(engine: Engine, clock: Clock = utc_now) -> AdvisorPost:
    """Return what advisors of an open record say, on its way to owners."""
    return AdvisorPost(Transactions(engine), clock)


def open_survey(engine: Engine, mailer: Mailer, clock: Clock = utc_now, page: str = "") -> Survey:
    """Return the question whether requests of an open record were answered well."""
    transactions = Transactions(engine)
    return Survey(
        transactions, clock, Outbox(transactions, clock), load_letters(page=page), mailer.enabled, page
    )
