"""Plans a month of conversations and writes it into an empty record, moment by moment as it would have come."""

import heapq
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from conversations.bootstrap import open_advising
from conversations.handling_views import Advisor, Sight
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.mailer import NoMailer
from conversations.models import BotMessageRow, ConversationRow
from conversations.opinions import Opinion, Opinions
from conversations.outbox import Outbox
from conversations.request_views import NEW, TAKEN, NewRequest, Recipient, Request
from conversations.requests import RequestDesk
from conversations.satisfaction import PATH, SATISFACTION
from conversations.synthetic.drawing import PARIS, Draws, Firm
from conversations.synthetic.turns import MadeTurn, Turns
from conversations.transactions import Transactions
from conversations.views import Conversation

# What a conversation waits for between two steps.
Course = Generator[timedelta, None, None]
_PAUSES = (8, 90)  # seconds between an answer and the owner's next words
_PAGE = "https://assistant.example.org"  # where links lead
_ANSWERS = (0.06, 0.4)  # seconds that an answer takes


class RecordNotEmpty(Exception):
    """There are conversations already: made-up ones are not mixed with real ones."""


@dataclass
class Clock:
    """The moment that the record is told."""

    now: datetime = field(default=datetime.min)

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now


class Month:
    """Writes conversations that nobody had into `engine`, the same for the same seed but for their random ids."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._draws = Draws(seed)
        self._clock = Clock()
        self._transactions = Transactions(engine)
        self._log = ConversationLog(engine, self._clock)
        self._opinions = Opinions(self._transactions, self._clock)
        outbox = Outbox(self._transactions, self._clock)
        self._desk = RequestDesk(self._transactions, self._clock, outbox, load_letters(), posts=False)
        self._advising = open_advising(engine, NoMailer(), self._clock, page=_PAGE)
        self._advisor = Advisor("synthetic", self._draws.tables["requests"]["advisor"], "conseil@example.org")
        self._sight = Sight(self._advisor.account_id)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _without_waiting)
            engine.dispose()  # connections from before would wait

    def write(self, conversations: int, days: int, last: date) -> int:
        """Write so many conversations of the days that end with `last`; return how many.

        Raises RecordNotEmpty. What would have come after `last` (a request that is answered later) is left out.
        """
        with self._transactions.read() as session:
            if session.scalar(select(func.count()).select_from(ConversationRow)):
                raise RecordNotEmpty
        begun = sorted(self._draws.moment(last, days) for _ in range(conversations))
        self._play(begun, end=datetime.combine(last + timedelta(days=1), time(), PARIS))
        return conversations

    def _play(self, begun: list[datetime], end: datetime) -> None:
        """Go through all conversations at once, whoever is next first."""
        waiting: list[tuple[datetime, int, Course]] = []
        for number, at in enumerate(begun):
            heapq.heappush(waiting, (at, number, self._course()))
        while waiting:
            at, number, course = heapq.heappop(waiting)
            if at > end:
                continue
            self._clock.now = at
            pause = next(course, None)
            if pause is not None:
                # An answer moves the clock while its conversation is at it.
                heapq.heappush(waiting, (self._clock.now + pause, number, course))

    def _course(self) -> Course:
        """Play one conversation, giving back how long until it goes on."""
        draws, firm = self._draws, self._draws.firm()
        turns = Turns(draws, firm, self._model())
        known = draws.happens("no_answer_to_place") or draws.random.random() < 0.3
        _, conversation = self._log.start(
            draws.weighted(draws.tables["channels"]), firm.place.territory if known else None
        )
        need = draws.need()
        judged = False
        for number, made in enumerate(self._turns(turns, need, known)):
            if number:
                yield self._pause()
            position = self._say(conversation, f"m{number}", made)
            if made.answers and not judged and draws.happens("opinion"):
                yield self._pause()
                judged = True
                self._opinions.give(conversation.id, position, self._opinion())
        if draws.happens("request"):
            yield self._pause()
            yield from self._request(conversation, firm, need)

    def _turns(self, turns: Turns, need: str, known: bool) -> Iterator[MadeTurn]:
        draws = self._draws
        if draws.happens("doubt"):
            yield turns.doubt()
        if draws.happens("failed"):
            yield turns.failed(need)
        first = turns.need(need, known)
        yield first
        if not first.answers and not draws.happens("place_unknown"):
            yield turns.place()
        for _ in range(min(6, int(draws.random.expovariate(0.7)))):
            yield turns.doubt() if draws.random.random() < 0.06 else turns.follow_up()
        if draws.random.random() < 0.2:
            yield turns.need(draws.need(), known)

    def _say(self, conversation: Conversation, message_id: str, made: MadeTurn) -> int:
        """Write a turn; return the number of its first answer."""
        turn = self._log.receive(conversation, message_id, made.text)
        self._clock.now += timedelta(seconds=self._draws.random.uniform(*_ANSWERS))
        if made.failure:
            turn = self._log.fail(turn, made.messages, made.failure)
        else:
            territory = made.place.territory if made.place else None
            turn = self._log.answer(turn, made.messages, made.understood, territory)
        return turn.messages[0].id

    def _request(self, conversation: Conversation, firm: Firm, need: str) -> Course:
        made = self._desk.open(self._new_request(conversation, firm, need))
        status = self._draws.weighted(self._draws.tables["requests"]["statuses"])
        if status == NEW:
            return
        yield self._hours(2, 80)
        self._advising.handling.claim(self._sight, made.reference, self._advisor)
        if self._draws.happens("replied"):
            yield self._hours(1, 60)
            says = self._draws.tables["requests"]["reply"]
            self._advising.replies.by_phone(self._sight, made.reference, self._advisor, says)
        if status == TAKEN:
            return
        yield self._hours(4, 200)
        self._advising.handling.close(self._sight, made.reference, self._advisor, status)
        token = self._asked(made)
        if token and self._draws.happens("judged"):
            yield self._hours(1, 48)
            answers = self._draws.tables["requests"]["satisfaction"]
            self._advising.survey.answer(token, self._draws.weighted(answers))

    def _asked(self, request: Request) -> str | None:
        """Return the token of the link by which the owner was asked for an opinion, None where nobody asked."""
        said = select(BotMessageRow.text, BotMessageRow.custom)
        said = said.where(BotMessageRow.conversation_id == request.conversation_id)
        with self._transactions.read() as session:
            for words, card in session.execute(said):
                if card and card.get("type") == SATISFACTION and card.get("id") == request.reference:
                    return words.split(f"{_PAGE}{PATH}")[1].split()[0].rstrip(".")
        return None

    def _hours(self, least: int, most: int) -> timedelta:
        return timedelta(hours=self._draws.random.uniform(least, most))

    def _new_request(self, conversation: Conversation, firm: Firm, need: str) -> NewRequest:
        draws, tables = self._draws, self._draws.tables["requests"]
        first, last = draws.random.choice(tables["first_names"]), draws.random.choice(tables["last_names"])
        key, name = firm.place.body(draws.random.choice(("cma", "cci")))
        says = draws.tables["needs"][need]["says"][0].replace("{trade}", firm.trade)
        return NewRequest(
            conversation_id=conversation.id,
            summary=tables["summary"].format(
                says=says.replace("{place}", firm.place.name), trade=firm.trade, place=firm.place.name
            ),
            recipient=Recipient(key, name),
            consent=tables["consent"],
            name=f"{first} {last}",
            email=f"client{draws.random.randrange(10_000)}@example.org"
            if draws.random.random() < 0.8
            else None,
            phone=f"+33639980{draws.random.randrange(1000):03}",  # kept for films (Arcep)
            moment=draws.random.choice(tables["moments"]),
            need=need,
            place=firm.place.territory,
            trade={"division": firm.division, "trade": firm.trade},
            headcount=firm.size,
        )

    def _opinion(self) -> Opinion:
        tables = self._draws.tables["opinions"]
        if self._draws.weighted({name: tables[name] for name in ("up", "down")}) == "up":
            return Opinion("up")
        words = self._draws.random.choice(tables["words"]) or None
        return Opinion("down", self._draws.weighted(tables["reasons"]), words)

    def _model(self) -> str:
        """Return the model that answers now: the second one came in the course of the month."""
        first, second = self._draws.tables["models"]
        return second if self._clock.now.day % 31 >= 15 else first

    def _pause(self) -> timedelta:
        return timedelta(seconds=self._draws.random.uniform(*_PAUSES))


def _without_waiting(connection, _record) -> None:
    """Let made-up conversations be written without waiting for the disk: they can be made again."""
    connection.execute("PRAGMA synchronous=OFF")
