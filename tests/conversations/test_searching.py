import pytest
from sqlalchemy import delete, func, select, text

from conversations import searching
from conversations.bootstrap import open_digests, open_holds, open_searching, open_transcripts
from conversations.cursors import BadCursor, pack
from conversations.filters import Filters
from conversations.log import ConversationLog
from conversations.passage_models import PassageRow, windows_function
from conversations.queries import read_query
from conversations.store import open_engine
from conversations.transactions import Transactions
from conversations.waiting import Waiting
from tests.conversations.advisors import ANNE
from tests.conversations.test_digests import BREST, say, understood

RENNES = {"level": "commune", "code": "35238", "name": "Rennes"}
EVERYTHING = Filters()


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def search(engine):
    return open_searching(engine)


@pytest.fixture
def spoken(log):
    """Three conversations: the first about Brest, with an answer that names a chamber."""
    _, brest = log.start(territory=BREST)
    say(
        log,
        brest,
        1,
        "Je voudrais un site pour ma crêperie",
        messages=[{"text": "Appelez la Chambre d’essai."}],
    )
    _, rennes = log.start(channel="sms", territory=RENNES)
    say(log, rennes, 1, "des sites internet, SVP", place=RENNES, messages=[{"text": "Voici."}])
    say(log, rennes, 2, "un chèque numérique", understood(("grants",)), RENNES, [{"text": "Voici."}])
    _, other = log.start()
    say(log, other, 1, "numérique, le chèque ?", messages=[{"text": "Voici."}])
    return brest, rennes, other


def found(search, typed, filters=EVERYTHING, sight=None, **more):
    return [
        (hit.digest.conversation_id, hit.position) for hit in search.page(typed, filters, sight, **more).hits
    ]


def test_accents_case_and_plurals_do_not_matter(search, spoken):
    brest, rennes, _ = spoken
    for typed in ("creperie", "CRÊPERIES", "Crepérie"):
        assert found(search, typed) == [(brest.id, 1)]
    assert found(search, "site") == found(search, "SITES") == [(rennes.id, 1), (brest.id, 1)]


def test_all_words_must_be_there_in_what_either_side_said(search, spoken):
    brest, _, _ = spoken
    assert found(search, "crêperie chambre") == [(brest.id, 1)]
    assert found(search, "crêperie internet") == []
    (hit,) = search.page("chambre", EVERYTHING, None).hits
    assert hit.author == "bot"
    assert [piece.text for piece in hit.pieces if piece.marked] == ["Chambre"]


def test_phrases_and_words_that_must_not_be_there(search, spoken):
    _, rennes, other = spoken
    assert found(search, "chèque numérique") == [(other.id, 1), (rennes.id, 3)]
    assert found(search, '"chèque numérique"') == [(rennes.id, 3)]
    assert found(search, "numérique -un") == [(other.id, 1), (rennes.id, 3)], "a word that is not looked for"
    assert found(search, "site -crêperie") == [(rennes.id, 1)]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "''",
        "';DROP TABLE passages;--",
        "site OR 1=1",
        "site) OR (a",
        "a* NEAR(site, 2)",
        "words:site",
        "^site",
        "site & | ! <-> site",
        "site:*",
        "\\' :A",
        "#s0",
        "'#s0'",
        "%_%",
        "{site}",
        "\x00site\x00",
        "-site",
        "«»",
        "½ ﬁ ① ١٢٣ 数字 😀",
        "-" * 500,
        '"' * 501,
        "site " * 5000,
    ],
)
def test_a_hostile_query_is_words_or_nothing(search, spoken, typed):
    search.page(typed, EVERYTHING, None)
    assert found(search, "creperie") == [(spoken[0].id, 1)]


def test_a_window_cannot_be_asked_for(search, spoken):
    assert found(search, "#s0") == []
    assert search.page("« le »", EVERYTHING, None).empty


def test_filters_and_sight_hold(search, spoken):
    brest, rennes, _ = spoken

    class Finistère:
        bodies, departments, regions = (), ("29",), ()

    assert found(search, "site", Filters(channel="sms")) == [(rennes.id, 1)]
    assert found(search, "numérique", Filters(need="grants")) == [(rennes.id, 3)]
    assert found(search, "site", sight=Finistère) == [(brest.id, 1)]
    assert found(search, "numérique", sight=Finistère) == []


def test_what_is_masked_cannot_be_asked_for(search, spoken):
    hide = lambda text: text.replace("crêperie", "[nom]")  # noqa: E731
    assert found(search, "crêperie", mask=hide) == []
    (hit, *_) = search.page("site", EVERYTHING, None, mask=hide).hits[1:]
    assert "[nom]" in "".join(piece.text for piece in hit.pieces)


@pytest.fixture
def small_windows(engine, monkeypatch):
    """Make windows of four and eight passages."""
    monkeypatch.setattr(searching, "SMALL_WINDOW", 2)
    monkeypatch.setattr(searching, "LARGE_WINDOW", 3)
    _make_windows(engine, 2, 3)
    yield
    _make_windows(engine)


def _make_windows(engine, *powers):
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(windows_function(*powers)))


@pytest.mark.parametrize("filters", [EVERYTHING, Filters(channel="web")])
def test_pages_follow_without_gap_or_repeat(small_windows, log, search, filters, monkeypatch):
    monkeypatch.setattr(searching, "MOST_CANDIDATES", 7)
    expected = []
    for number in range(30):
        _, conversation = log.start("web" if number % 3 else "sms")
        say(log, conversation, 1, "un site" if number % 2 else "bonjour", messages=[{"text": "Voici."}])
        if number % 2 and (not filters.channel or number % 3):
            expected.append((conversation.id, 1))
    seen, cursor = [], None
    for _ in range(60):
        page = search.page("site", filters, None, cursor, size=4)
        seen += [(hit.digest.conversation_id, hit.position) for hit in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert seen == expected[::-1]


@pytest.mark.parametrize("cursor", ["", "x", "é", pack(["1"]), pack([1, 2]), "A" * 400])
def test_a_made_up_cursor_is_refused(search, spoken, cursor):
    if cursor:
        with pytest.raises(BadCursor):
            search.page("site", EVERYTHING, None, cursor)
    assert search.page("site", EVERYTHING, None, pack([-5])).hits == ()
    assert len(search.page("site", EVERYTHING, None, pack([10**30])).hits) == 2


def test_an_answer_that_came_late_is_found_the_notice_no_more(log, search):
    _, conversation = log.start()
    turn = log.fail(log.receive(conversation, "m1", "un site"), [{"text": "Panne passagère"}], "timeout")
    assert found(search, "passagère") == [(conversation.id, 1)]
    log.answer(turn, [{"text": "Voici la chambre"}], understood())
    assert found(search, "passagère") == []
    assert found(search, "chambre site") == [(conversation.id, 1)]


def test_what_waits_for_an_answer_is_found(engine, clock, log, search):
    _, late = log.start()
    Waiting(engine, clock).postpone(log.receive(late, "m1", "un site"), "timeout")
    _, held = log.start()
    holds = open_holds(engine, clock)
    holds.take(held.id, ANNE)
    holds.keep(log.receive(held, "m1", "mon site"))
    assert {where for where, _ in found(search, "site")} == {late.id, held.id}


def test_an_answer_without_words_to_find_takes_the_notices_away(log, search):
    _, conversation = log.start()
    turn = log.fail(log.receive(conversation, "m1", "?"), [{"text": "Panne passagère"}], "timeout")
    log.answer(turn, [{"text": "!"}], understood())
    assert found(search, "passagère") == []


def test_an_erasure_leaves_nothing_to_be_found(engine, log, search, spoken):
    for conversation in spoken:
        log.delete(conversation)
    assert found(search, "site") == found(search, "chambre") == []
    with Transactions(engine).read() as session:
        assert session.scalar(select(func.count()).select_from(PassageRow)) == 0


def test_the_words_of_an_erased_conversation_leave_sqlites_index(log, engine, tmp_path):
    if engine.dialect.name != "sqlite":
        pytest.skip("the files of a server are its own affair")
    _, kept = log.start()
    for number in range(40):
        say(log, kept, number, "un site pour la boutique", messages=[{"text": "Voici."}])
    _, conversation = log.start()
    word = "ferronnerieintrouvable"
    stem = read_query(word).wanted[0][0]
    for number in range(20):
        say(log, conversation, number, f"{word}{number} {word}", messages=[{"text": word}])
    files = [tmp_path / "record.db", tmp_path / "record.db-wal"]
    assert any(stem.encode() in file.read_bytes() for file in files)
    log.delete(conversation)
    assert not any(stem.encode() in file.read_bytes() for file in files)
    assert len(found(open_searching(engine), "boutique", size=100)) == 40


def test_what_is_searched_can_be_made_anew(engine, clock, search, spoken):
    with Transactions(engine).write() as session:
        session.execute(delete(PassageRow))
    assert found(search, "site") == []
    open_digests(engine, clock).make_all()
    assert set(found(search, "site")) == {(spoken[1].id, 1), (spoken[0].id, 1)}


def test_a_record_can_be_opened_again(engine, spoken):
    again = open_engine(str(engine.url))
    assert len(found(open_searching(again), "site")) == 2
    again.dispose()


def taken_over(engine, clock, conversation, text):
    """Let an advisor take a conversation over and write into it."""
    holds = open_holds(engine, clock)
    holds.take(conversation.id, ANNE)
    holds.say(conversation.id, ANNE, text)


def test_what_an_advisor_writes_is_found_where_it_stands(engine, clock, search, spoken):
    brest, _, _ = spoken
    taken_over(engine, clock, brest, "Apportez votre bilan à la permanence.")
    (hit,) = search.page("bilan permanence", EVERYTHING, None).hits
    assert (hit.digest.conversation_id, hit.author) == (brest.id, "advisor")
    page = open_transcripts(engine).around(brest.id, hit.position, None)
    assert "permanence" in next(each for each in page.turns if each.number == hit.position).replies[0].text
    (hidden,) = search.page("bilan", EVERYTHING, None, mask=lambda text: text.replace("Apportez", "■")).hits
    assert hidden.pieces[0].text.startswith("■")
    assert found(search, "répond ici") == [], "what the assistant says of it is nobody's answer"


def test_what_advisors_wrote_before_is_found_once_the_record_is_opened_again(engine, clock, search, spoken):
    brest, _, _ = spoken
    taken_over(engine, clock, brest, "Apportez votre bilan.")
    with Transactions(engine).write() as session:
        session.execute(delete(PassageRow).where(PassageRow.conversation_id == brest.id))
    open_digests(engine, clock).make_all()
    assert len(found(search, "bilan")) == 1
    with Transactions(engine).write() as session:
        last = session.scalar(select(func.max(PassageRow.id)))
        session.execute(delete(PassageRow).where(PassageRow.id == last))
    open_digests(engine, clock).fill()
    assert len(found(search, "bilan")) == len(found(search, "crêperie")) == 1
