import threading

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from conversations.bootstrap import open_log
from conversations.errors import UnknownConversation
from conversations.signing import OwnerToken

CARD = {"type": "contacts", "need": "website", "items": [{"name": "Chambre d'essai"}]}
ANSWER = [{"text": "Voici un contact.", "buttons": [{"title": "Oui", "payload": "oui"}], "custom": CARD}]
UNDERSTOOD = {"intent": {"name": "need_website"}, "needs": ["website"], "model_id": "modele-1"}


def test_the_token_opens_its_conversation(log):
    token, conversation = log.start(channel="web", territory={"level": "departement", "code": "29"})

    assert log.by_token(OwnerToken(token)) == conversation
    assert conversation.territory == {"level": "departement", "code": "29"}
    assert conversation.created_at.tzinfo is not None


def test_the_token_itself_is_not_kept(log, database):
    token, conversation = log.start()
    log.close()

    assert token.encode() not in database.read_bytes()
    assert token != conversation.id


@pytest.mark.parametrize("token", ["", "inconnu", "\ud800", "x" * 5000])
def test_another_token_opens_nothing(log, token):
    log.start()

    with pytest.raises(UnknownConversation):
        log.by_token(OwnerToken(token))


def test_a_message_is_received_then_answered(log):
    _, conversation = log.start()

    turn = log.receive(conversation, "m1", "Je veux un site")
    assert (turn.state, turn.text, turn.messages) == ("received", "Je veux un site", ())

    turn = log.answer(turn, ANSWER, UNDERSTOOD)
    assert turn.state == "answered"
    assert turn.messages[0].custom == CARD
    assert turn.understood == UNDERSTOOD
    assert turn.model_id == "modele-1"
    assert turn.finished_at > turn.received_at


def test_the_same_message_id_is_the_same_turn(log):
    _, conversation = log.start()
    first = log.answer(log.receive(conversation, "m1", "bonjour"), ANSWER, UNDERSTOOD)

    again = log.receive(conversation, "m1", "autre chose")

    assert again == first
    assert len(log.transcript(conversation)) == 2


def test_the_same_message_id_in_two_conversations_is_two_turns(log):
    _, one = log.start()
    _, other = log.start()

    assert log.receive(one, "m1", "ici").id != log.receive(other, "m1", "là").id


def test_the_same_message_arriving_many_times_at_once_is_one_turn(log):
    _, conversation = log.start()
    turns = []
    threads = [
        threading.Thread(target=lambda: turns.append(log.receive(conversation, "m1", "bonjour").id))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(turns) == 8
    assert len(set(turns)) == 1


def test_an_answered_turn_is_not_answered_again(log):
    _, conversation = log.start()
    turn = log.answer(log.receive(conversation, "m1", "bonjour"), ANSWER, UNDERSTOOD)

    assert log.answer(turn, [{"text": "Autre réponse"}], {}) == turn
    assert log.fail(turn, [{"text": "Panne"}], "timeout") == turn


def test_the_answer_replaces_the_notice_of_failure_under_a_new_number(log):
    _, conversation = log.start()
    turn = log.fail(log.receive(conversation, "m1", "bonjour"), [{"text": "Panne"}], "timeout")
    assert (turn.state, turn.failure, turn.messages[0].id) == ("failed", "timeout", 2)

    turn = log.answer(turn, ANSWER, UNDERSTOOD)

    assert (turn.state, turn.failure, turn.attempts) == ("answered", None, 2)
    assert [(m.id, m.text) for m in log.transcript(conversation)] == [
        (1, "bonjour"),
        (3, "Voici un contact."),
    ]
    assert [m.id for m in log.transcript(conversation, after=2)] == [3]


def test_the_opening_turn_has_no_owner_message(log):
    _, conversation = log.start()
    log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], UNDERSTOOD)

    (greeting,) = log.transcript(conversation)
    assert (greeting.author, greeting.message_id) == ("bot", None)


def test_a_message_as_the_api_shows_it(log):
    _, conversation = log.start()
    log.answer(log.receive(conversation, "m1", "site"), ANSWER, UNDERSTOOD)

    owner, bot = [message.to_dict() for message in log.transcript(conversation)]
    assert (owner["from"], owner["text"], owner["buttons"], owner["custom"]) == ("owner", "site", None, None)
    assert (bot["from"], bot["buttons"], bot["message_id"]) == ("bot", ANSWER[0]["buttons"], "m1")
    assert bot["at"].endswith("+00:00")


def test_the_territory_told_in_a_turn_becomes_that_of_the_conversation(log):
    _, conversation = log.start()
    brest = {"level": "commune", "code": "29019", "name": "Brest"}
    log.answer(log.receive(conversation, "m1", "à Brest"), ANSWER, {}, territory=brest)
    log.answer(log.receive(conversation, "m2", "merci"), ANSWER, {})

    assert log.by_id(conversation.id).territory == brest


def test_erasing_leaves_nothing_in_the_files(log, database):
    words = "ferronnerie-introuvable"
    _, other = log.start()
    token, conversation = log.start(territory={"level": "commune", "code": "29019", "name": words})
    log.open_turn(conversation, "website")
    for number in range(40):
        turn = log.receive(conversation, f"m{number}", f"{words} " * 200)
        log.answer(turn, [{"text": words, "custom": {"note": words}}], {"text": words})
    files = [database, database.with_name(database.name + "-wal")]
    assert any(words.encode() in file.read_bytes() for file in files)

    log.delete(conversation)

    for file in files:
        assert words.encode() not in file.read_bytes()
        assert conversation.id.encode() not in file.read_bytes()
    assert log.by_id(other.id) == other
    with pytest.raises(UnknownConversation):
        log.by_token(OwnerToken(token))


def test_erasing_leaves_nothing_of_an_opening_that_failed(log, database):
    words = "commune-introuvable"
    _, conversation = log.start(territory={"level": "commune", "code": "29019", "name": words})
    log.fail(log.open_turn(conversation, "website"), [{"text": "Panne"}], "unreachable")
    log.delete(conversation)

    assert log.opening_due(conversation.id) is None
    for file in (database, database.with_name(database.name + "-wal")):
        assert words.encode() not in file.read_bytes()


def test_an_erased_conversation_takes_nothing_more(log):
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "bonjour")
    log.delete(conversation)

    for call in (
        lambda: log.receive(conversation, "m2", "encore"),
        lambda: log.answer(turn, ANSWER, {}),
        lambda: log.fail(turn, [], "timeout"),
        lambda: log.transcript(conversation),
        lambda: log.open_turn(conversation, "website"),
        lambda: log.delete(conversation),
    ):
        with pytest.raises(UnknownConversation):
            call()


def test_a_transcript_is_read_at_one_moment(log):
    _, conversation = log.start()
    log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], {})
    log.receive(conversation, "m1", "site")
    reads = []

    def note(_connection, _cursor, statement, *_):
        if "bot_messages" in statement or "turns" in statement:
            reads.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert [message.id for message in log.transcript(conversation)] == [1, 2]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    # Between two statements another process could write an answer, and its number would be passed over.
    assert len(reads) == 1


@pytest.mark.parametrize("after", range(7))
def test_a_transcript_may_begin_anywhere(log, after):
    _, conversation = log.start()
    log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], {})
    log.answer(log.receive(conversation, "m1", "site"), [{"text": "Voici."}, {"text": "Et encore."}], {})
    log.receive(conversation, "m2", "merci")
    _, other = log.start()
    log.answer(log.receive(other, "m1", "ailleurs"), ANSWER, {})

    texts = ["Bonjour.", "site", "Voici.", "Et encore.", "merci"]
    assert [message.text for message in log.transcript(conversation, after)] == texts[after:]


def test_what_the_opening_page_knew_is_kept_until_something_is_answered(log):
    place = {"level": "departement", "code": "29", "name": "Finistère"}
    _, conversation = log.start(territory=place)
    opening = log.fail(log.open_turn(conversation, "website"), [{"text": "Panne"}], "unreachable")
    turn = log.fail(log.receive(conversation, "m1", "bonjour"), [{"text": "Panne"}], "unreachable")

    due = log.opening_due(conversation.id)
    assert (due.turn, due.territory, due.need) == (opening, place, "website")

    log.answer(turn, ANSWER, UNDERSTOOD)
    assert log.opening_due(conversation.id) is None


def test_an_opening_that_is_answered_is_not_due(log):
    _, conversation = log.start()
    log.answer(log.open_turn(conversation, "website"), [{"text": "Bonjour."}], UNDERSTOOD)

    assert log.opening_due(conversation.id) is None


def test_an_opening_answered_late_may_leave_its_greeting_out(log):
    _, conversation = log.start()
    log.fail(log.open_turn(conversation), [{"text": "Panne"}], "timeout")
    log.receive(conversation, "m1", "bonjour")

    turn = log.answer(log.opening_due(conversation.id).turn, [], UNDERSTOOD)
    assert (turn.state, turn.attempts, turn.model_id) == ("answered", 2, "modele-1")
    assert [message.text for message in log.transcript(conversation)] == ["bonjour"]


def test_the_record_survives_a_restart(log, database):
    token, conversation = log.start()
    log.receive(conversation, "m1", "bonjour")
    log.close()

    again = open_log(f"sqlite:///{database}")
    assert again.receive(again.by_token(OwnerToken(token)), "m1", "").text == "bonjour"
    again.check()
    again.close()


def test_a_folder_that_cannot_hold_a_database_is_said(tmp_path):
    (tmp_path / "occupé.db").mkdir()

    with pytest.raises(SQLAlchemyError):
        open_log(f"sqlite:///{tmp_path / 'occupé.db'}")


def test_what_anybody_was_told_of_survives_a_power_cut(log):
    """SQLite waits for the disk (2) where an answer or a failure is written, and with it for what was received (1)."""
    levels = []

    def note(connection):
        levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    _, conversation = log.start()
    event.listen(log._engine, "commit", note)
    turn = log.receive(conversation, "m1", "un site")
    log.fail(turn, [{"text": "Plus tard."}], "timeout")
    log.answer(turn, [{"text": "Voici."}], {})
    log.receive(conversation, "m2", "merci")
    log.open_turn(conversation)
    assert levels == [1, 2, 2, 1, 2]
