import pytest

from conversations import advisor_rows
from conversations.bootstrap import open_opinions, open_transcripts
from conversations.log import ConversationLog
from conversations.opinions import Opinion
from conversations.review_ranges import Replacement, replaced
from conversations.transactions import Transactions
from conversations.transcript_views import Guess, Item, Part, Step
from tests.conversations.test_browsing import Seen
from tests.conversations.test_digests import BREST, say, understood

QUIMPER = {
    "entity": "location",
    "start": 18,
    "end": 25,
    "value": "Quimper",
    "additional_info": {"level": "commune", "code": "29232", "departement": "29"},
}
SIRET = {"entity": "invalid_siret", "start": None, "end": None, "value": "123"}
CARD = {
    "type": "funding",
    "items": [{"title": "Chèque d’essai", "eligible": "unknown", "reasons": ["Votre région est couverte."]}],
}


class Hidden:
    """Hides one name, as the real mask does."""

    def text(self, text):
        return text.replace("Anne", "[nom]")

    def marked(self, text, entities):
        at = text.find("Anne")
        return replaced(text, entities, [Replacement(at, at + 4, "[nom]")] if at >= 0 else [])


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def transcripts(engine):
    return open_transcripts(engine)


@pytest.fixture
def long(log):
    """A conversation of an opening and twelve turns, messages 1 (greeting), 2, 3, 4…"""
    _, conversation = log.start(territory=BREST)
    log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], understood(needs=()))
    for number in range(12):
        say(log, conversation, number, f"message {number}")
    return conversation


def numbers(page):
    return [turn.number for turn in page.turns]


def test_a_turn_tells_what_was_understood_run_and_answered(engine, clock, log, transcripts):
    _, conversation = log.start()
    heard = understood(
        confidence=0.7, sector={"division": "10"}, shown={"x": 1}, amount=0, doubts=0, abroad=False
    )
    heard |= {
        "entities": [QUIMPER, SIRET],
        "intent_ranking": [
            {"name": "need_website", "confidence": 0.7},
            {"name": "need_visibility", "confidence": 0.2},
        ],
        "timings": [{"action": "action_answer", "ms": 31}],
    }
    reply = {"text": "Voici.", "custom": CARD, "buttons": [{"title": "Pourquoi ?", "payload": "pourquoi"}]}
    say(log, conversation, 1, "je veux un site à Quimper vite", heard, messages=[reply])
    open_opinions(engine, clock).give(conversation.id, 2, Opinion("down", "unclear", "long"))

    (turn,) = transcripts.latest(conversation.id, None).turns
    assert turn.parts == (
        Part("je veux un site à "),
        Part("Quimper", "location", "Quimper (29232)"),
        Part(" vite"),
    )
    read = turn.understanding
    assert read.ranking == (Guess("need_website", 0.7), Guess("need_visibility", 0.2))
    assert [tuple(fact) for fact in read.found] == [("invalid_siret", "123")]
    assert [tuple(fact) for fact in read.slots] == [("amount", "0"), ("sector", '{"division": "10"}')]
    assert (read.steps, read.needs, read.doubtful) == ((Step("action_answer", 31),), ("website",), False)
    (said,) = turn.replies
    assert said.items == (Item("Chèque d’essai", ("unknown", "Votre région est couverte.")),)
    assert (said.buttons, said.opinion) == (("Pourquoi ?",), Opinion("down", "unclear", "long"))
    assert turn.waited > 0


def test_entities_that_overlap_or_lie_outside_do_no_harm(log, transcripts):
    _, conversation = log.start()
    inside = [placed(0, 3), placed(2, 5), placed(4, 99), placed(-1, 2)]
    say(log, conversation, 1, "un site", understood() | {"entities": inside})
    (turn,) = transcripts.latest(conversation.id, None).turns
    assert "".join(part.text for part in turn.parts) == "un site"
    assert [part.text for part in turn.parts if part.kind] == ["un "]


def placed(start, end):
    return QUIMPER | {"start": start, "end": end}


def test_a_failed_turn_says_why(log, transcripts):
    _, conversation = log.start()
    log.fail(log.receive(conversation, "m1", "un site"), [{"text": "Panne"}], "timeout")
    (turn,) = transcripts.latest(conversation.id, None).turns
    assert (turn.state, turn.failure, turn.attempts, turn.understanding) == ("failed", "timeout", 1, None)


def test_the_latest_turns_come_and_lead_back_to_the_first(transcripts, long):
    page = transcripts.latest(long.id, None, size=5)
    assert (page.earlier, page.later, page.last) == (True, False, 25)
    seen = numbers(page)
    while page.earlier:
        page = transcripts.latest(long.id, None, before=page.turns[0].number, size=5)
        seen = numbers(page) + seen
        assert page.later
    assert seen == [1, *range(2, 26, 2)]


def test_a_page_stands_around_a_turn_or_one_of_its_answers(transcripts, long):
    for number in (16, 17):
        page = transcripts.around(long.id, number, None, size=8)
        assert numbers(page) == [6, 8, 10, 12, 14, 16, 18, 20]
        assert (page.earlier, page.later) == (True, True)
    assert numbers(transcripts.around(long.id, 0, None, size=8)) == [1, 2, 4]
    assert numbers(transcripts.around(long.id, 999, None, size=8)) == [16, 18, 20, 22, 24]
    following = transcripts.following(long.id, 20, None)
    assert (numbers(following), following.later) == ([22, 24], False)


def test_news_are_what_was_said_since(log, transcripts, long):
    assert transcripts.news(long.id, 25, None) == ()
    turn = log.receive(long, "n1", "encore")
    (new,) = transcripts.news(long.id, 25, None)
    assert (new.number, new.replies, new.state) == (26, (), "received")
    log.answer(turn, [{"text": "Voici."}], understood())
    (new,) = transcripts.news(long.id, 26, None)
    assert (new.number, new.last, [reply.text for reply in new.replies]) == (26, 27, ["Voici."])
    assert transcripts.news(long.id, 27, None) == ()


def test_what_an_advisor_writes_stands_where_it_was_written(engine, clock, log, transcripts, long):
    with Transactions(engine).write() as session:
        advisor_rows.post(session, long.id, "Je vous appelle.", {"type": "advisor", "name": "Anne"}, clock())
    say(log, long, 99, "merci")
    page = transcripts.latest(long.id, None, size=2)
    assert numbers(page) == [26, 27]
    (turn, _) = page.turns
    assert (turn.spoken, turn.parts, turn.replies[0].author) == (False, (), "Anne")
    (news, _) = transcripts.news(long.id, 25, None)
    assert news.last == 26


def test_who_may_not_see_a_conversation_is_told_that_there_is_none(transcripts, long):
    for sight, seen in (
        (Seen(departments=("29",)), True),
        (Seen(departments=("35",)), False),
        (Seen(), False),
    ):
        assert (transcripts.latest(long.id, sight) is not None) is seen
        assert (transcripts.around(long.id, 2, sight) is not None) is seen
        assert (transcripts.following(long.id, 2, sight) is not None) is seen
        assert (transcripts.news(long.id, 2, sight) is not None) is seen
    assert transcripts.latest("unknown", None) is None


def test_names_are_hidden_wherever_they_stand(engine, clock, log, transcripts):
    _, conversation = log.start()
    heard = understood(contact={"email": "anne@x.example"}, question="moi c'est Anne", amount=12)
    entity = QUIMPER | {"start": 14, "end": 21}
    name = QUIMPER | {"entity": "email", "start": 0, "end": 4, "value": "Anne"}
    reply = {"text": "Merci Anne.", "custom": CARD, "buttons": [{"title": "Je suis Anne", "payload": "x"}]}
    say(log, conversation, 1, "Anne, près de Quimper", heard | {"entities": [entity, name]}, messages=[reply])
    open_opinions(engine, clock).give(conversation.id, 2, Opinion("down", None, "signé Anne"))
    (shown,) = transcripts.latest(conversation.id, None).turns
    assert "Anne" in str((shown.parts, shown.replies[0].text))
    (turn,) = transcripts.latest(conversation.id, None, Hidden()).turns
    everything = str([turn.parts, turn.understanding.slots, turn.understanding.found])
    everything += str([(reply.text, reply.buttons, reply.opinion.words) for reply in turn.replies])
    assert "Anne" not in everything
    assert "anne@x.example" not in everything
    assert "[nom]" in everything
    assert [tuple(fact) for fact in turn.understanding.slots] == [("amount", "12")]
    assert (
        turn.parts[1] == Part(" Quimpe"[:7], "location", "Quimper (29232)")
        or turn.parts[1].kind == "location"
    )


def test_values_do_not_print_what_owners_said(log, transcripts):
    _, conversation = log.start()
    say(log, conversation, 1, "je suis Anne", messages=[{"text": "Bonjour Anne"}])
    assert "Anne" not in repr(transcripts.latest(conversation.id, None))
