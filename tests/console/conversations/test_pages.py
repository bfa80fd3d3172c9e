import pytest

from console.conversations.addresses import Asked
from console.viewers import Role
from conversations.digest_models import DigestRow, TagRow
from conversations.transactions import Transactions
from tests.console.conversations.conftest import EVIL, PERSONAL

LIST = "/conversations"


@pytest.fixture
def administrator(visitor):
    return visitor(Role.ADMINISTRATOR)


async def text(client, path, status=200):
    answer = await client.get(path)
    assert answer.status_code == status, answer.text[:300]
    return answer.text


async def test_the_list_shows_both_and_its_address_narrows_it(administrator, bench):
    page = await text(administrator, LIST)
    assert "2 conversations" in page
    assert page.index("une aide pour la boutique") < page.index("un site pour la crêperie")
    page = await text(administrator, f"{LIST}?besoin=website&departement=29&canal=web")
    assert "1 conversation<" in page
    assert "un site pour la crêperie" in page
    assert "une aide pour la boutique" not in page
    assert "Aucune conversation ne correspond" in await text(administrator, f"{LIST}?besoin=payroll")


@pytest.mark.parametrize(
    "query",
    [
        "du=2026-11-20&au=2026-11-20",
        "relecture=new",
        "confiance=forte",
        "modele=modele-1",
        "du=hier&au=99999-99-99",
        "inconnu=1",
        "curseur=xx",
        "curseur=" + "A" * 500,
    ],
)
async def test_filters_of_the_address_are_read_or_passed_over(administrator, query):
    assert "2 conversations" in await text(administrator, f"{LIST}?{query}")


@pytest.mark.parametrize(
    "value", ["'", "' OR 1=1 --", "%00", "%F0%9F%99%82", "x" * 3000, "%3Cscript%3E", "%22%3E%3Csvg%3E", "\\"]
)
async def test_hostile_values_are_values(administrator, value):
    for name in Asked.__dataclass_fields__:
        page = await text(administrator, f"{LIST}?{name}={value}")
        assert "<script>alert" not in page
        assert "<svg>" not in page


async def test_what_is_searched_is_marked(administrator, bench):
    page = await text(administrator, f"{LIST}?q=creperies")
    assert "<mark>crêperie</mark>" in page
    assert f"/conversations/{bench.brest}?tour=1#tour-1" in page
    assert "Aucun message" in await text(administrator, f"{LIST}?q=introuvable")
    assert "Tapez un mot" in await text(administrator, f"{LIST}?q=le")


async def test_words_of_owners_are_text_everywhere(administrator, bench, record):
    bench.speak(bench.brest, "2", f"site {EVIL}", answer=f"Voici {EVIL}", question=EVIL)
    with Transactions(record).write() as session:
        session.get(DigestRow, bench.brest).place = EVIL
        session.get(DigestRow, bench.brest).excerpt = EVIL
        session.add(TagRow(conversation_id=bench.brest, tag=EVIL[:60]))
    await administrator.post(f"{LIST}/vues", data={"nom": EVIL[:60], "filtres": "q=site"})
    for path in (
        LIST,
        f"{LIST}?q=site",
        f"{LIST}?etiquette={EVIL}",
        f"{LIST}?q={EVIL}",
        f"{LIST}/{bench.brest}",
        f"{LIST}/{bench.brest}/suite?after=0",
    ):
        page = await text(administrator, path)
        assert "alert" in page
        assert "<script>alert" not in page
        assert "<img" not in page


async def test_a_conversation_tells_what_was_understood(administrator, bench):
    page = await text(administrator, f"{LIST}/{bench.brest}")
    assert "un site pour la crêperie" in page
    assert "Site internet, 90 %" in page
    assert "action_answer" in page
    assert 'id="tour-1"' in page
    assert "Réponse en 1,00 s" in page


async def test_an_advisor_sees_their_territory_and_nothing_else(visitor, bench):
    """The advisor of the tests serves département 29 and région 53; Rennes is moved out of both."""
    advisor = visitor(Role.ADVISOR)
    paris = {"level": "commune", "code": "75056", "name": "Paris"}
    _, other = bench.log.start(territory=paris)
    bench.speak(other.id, "1", "un site à Paris")
    page = await text(advisor, LIST)
    assert "2 conversations" in page
    assert "un site à Paris" not in page
    assert "un site à Paris" not in await text(advisor, f"{LIST}?q=site")
    assert "un site à Paris" not in await text(advisor, f"{LIST}?departement=75")
    for path in (f"{LIST}/{other.id}", f"{LIST}/{other.id}/suite", f"{LIST}/{other.id}?tour=1"):
        assert "un site à Paris" not in await text(advisor, path, 404)
        assert await text(advisor, path, 404) == await text(advisor, path.replace(other.id, "0" * 32), 404)
    assert "un site à Paris" in await text(visitor(Role.ADMINISTRATOR), f"{LIST}/{other.id}")


async def test_a_conversation_leads_to_what_its_reader_may_do_with_it(visitor, bench):
    turn = bench.log.receive(bench.log.by_id(bench.brest), "m1", "")
    review, live = f"/relecture/conversations/{bench.brest}", f"/demandes/conversation/{bench.brest}"
    for role, reviews, answers in (
        (Role.ADMINISTRATOR, True, True),
        (Role.REVIEWER, True, False),
        (Role.ADVISOR, False, True),
    ):
        page = await text(visitor(role), f"{LIST}/{bench.brest}")
        assert (review in page, f"/relecture/messages/{turn.id}" in page) == (reviews, reviews)
        assert (live in page) is answers


async def test_who_opens_a_conversation_is_written_down(visitor, bench, services):
    await text(visitor(Role.ADVISOR), f"{LIST}/{bench.brest}")
    await text(visitor(Role.ADVISOR), f"{LIST}/{'0' * 32}", 404)
    await text(visitor(Role.ADVISOR), LIST)
    listed, read = services.logs.reads.listed()
    assert (read.account_id, read.what, read.subject_id) == ("account-advisor", "conversation", bench.brest)
    assert (listed.account_id, listed.what, listed.listing.shown) == ("account-advisor", "list", 2)


async def test_who_needs_no_names_is_shown_none(visitor, bench):
    bench.speak(bench.brest, "2", f"Je suis {PERSONAL}", answer=f"Merci {PERSONAL}", contact=PERSONAL)
    _, named = bench.log.start()
    bench.speak(named.id, "1", f"Je m'appelle {PERSONAL}")
    reviewer = visitor(Role.REVIEWER)
    for path in (LIST, f"{LIST}?q=suis", f"{LIST}/{bench.brest}", f"{LIST}/{bench.brest}/suite?after=2"):
        page = await text(reviewer, path)
        for words in ("Le Gall", "anne@atelier.example", "06 39 98 12 34"):
            assert words not in page, path
    assert "[e-mail]" in await text(reviewer, f"{LIST}/{bench.brest}")
    assert "Aucun message" in await text(reviewer, f"{LIST}?q=atelier")
    assert "Le Gall" in await text(visitor(Role.ADMINISTRATOR), f"{LIST}/{bench.brest}")


async def test_what_is_new_comes_as_a_piece(administrator, bench):
    path = f"{LIST}/{bench.brest}/suite"
    assert await text(administrator, f"{path}?after=2") == ""
    turn = bench.log.receive(bench.log.by_id(bench.brest), "m9", "et pour Instagram ?")
    piece = await text(administrator, f"{path}?after=2")
    assert "et pour Instagram ?" in piece
    assert "En attente de réponse" in piece
    assert 'data-last="3"' in piece
    assert "<html" not in piece
    bench.log.answer(turn, [{"text": "Réponse tardive."}], {})
    piece = await text(administrator, f"{path}?after=3")
    assert "Réponse tardive." in piece
    assert "et pour Instagram ?" not in piece
    assert 'data-last="4"' in piece


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tour=1", 200),
        ("tour=999", 200),
        ("avant=1", 404),
        ("apres=99", 404),
        ("tour=-1", 422),
        ("tour=9999999999", 422),
    ],
)
async def test_a_turn_may_be_asked_for(administrator, bench, query, status):
    await text(administrator, f"{LIST}/{bench.brest}?{query}", status)


async def test_a_long_conversation_comes_in_pages(administrator, bench):
    for number in range(60):
        bench.speak(bench.brest, f"n{number}", f"message {number}.")
    page = await text(administrator, f"{LIST}/{bench.brest}")
    assert page.count('class="turn"') == 40
    assert "message 59." in page
    assert "Messages précédents" in page
    assert "data-live" in page
    page = await text(administrator, f"{LIST}/{bench.brest}?tour=1")
    assert "un site pour la crêperie" in page
    assert "Messages suivants" in page
    assert "data-live" not in page


async def test_saved_views_are_kept_shown_and_dropped_by_their_account_alone(
    visitor, administrator, services
):
    answer = await administrator.post(
        f"{LIST}/vues", data={"nom": "Aides à relire", "filtres": "besoin=grants&evil=1&q="}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LIST}?besoin=grants")
    page = await text(administrator, f"{LIST}?besoin=grants")
    assert 'href="/conversations?besoin=grants" aria-current="true"' in page
    (view,) = services.logs.views.of("account-administrator")
    reviewer = visitor(Role.REVIEWER)
    assert "Aides à relire" not in await text(reviewer, LIST)
    assert (await reviewer.post(f"{LIST}/vues/{view.id}/supprimer")).status_code == 404
    assert (await administrator.post(f"{LIST}/vues/{view.id}/supprimer")).status_code == 303
    assert services.logs.views.of("account-administrator") == []


async def test_a_view_needs_a_name(administrator):
    assert (await administrator.post(f"{LIST}/vues", data={"filtres": "q=a"})).status_code == 422


def test_an_address_is_written_as_it_was_read():
    query = "q=site+web&du=2026-11-01&departement=29&doute=1"
    assert Asked.read_query(query).query() == query
    assert Asked.read_query("&".join("q=1" for _ in range(100))) == Asked()
    assert Asked.read_query("relecteur=moi").filters("a1").reviewer == "a1"
