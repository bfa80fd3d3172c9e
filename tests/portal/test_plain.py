"""The conversation without scripts, as a browser's forms post it."""

import re
from html import unescape

import pytest

from portal.identity import COOKIE
from tests.portal.fakes import GREETING
from tests.portal.shipped import shipped_directory

HTML = {"Accept": "text/html"}
SITE = {"Sec-Fetch-Site": "same-origin", **HTML}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", **HTML}
FOREIGN_OLD = {"Origin": "https://autre.example", **HTML}


@pytest.fixture
async def chat(client):
    """Say something and return the page that shows the conversation then."""

    async def chat(text, message_id=None):
        fields = {"text": text, "message_id": message_id or await new_id(client)}
        answer = await client.post("/conversation/messages", data=fields, headers=SITE)
        if answer.status_code == 303:
            answer = await client.get(answer.headers["location"].partition("#")[0], headers=HTML)
        return unescape(answer.text)

    return chat


@pytest.fixture
def with_directory(bench):
    bench.directory = shipped_directory()


async def new_id(client):
    page = (await client.get("/conversation", headers=HTML)).text
    return re.search(r'name="message_id" value="([^"]+)"', page)[1]


async def test_without_a_conversation_the_page_invites_to_begin(client):
    answer = await client.get("/conversation", headers=HTML)
    assert "Dites avec vos mots" in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_a_first_message_opens_a_conversation(client, chat, bench):
    page = await chat("Je veux un site")
    assert GREETING in page
    assert "Je veux un site" in page
    assert "Voici à qui vous adresser" in page
    assert bench.dialogue.said == ["Je veux un site"]
    assert client.cookies[COOKIE]


async def test_the_proposed_answers_are_buttons(chat):
    page = await chat("Je veux un site")
    assert '<button class="button choice" name="text" value="D’autres contacts">' in page


async def test_a_form_sent_twice_is_one_message(client, chat, bench):
    first = await new_id(client)
    await chat("bonjour", first)
    page = await chat("bonjour", first)
    assert bench.dialogue.said == ["bonjour"]
    assert page.count("Vous avez dit : bonjour") == 1


async def test_a_message_that_could_not_be_answered_is_sent_again(chat, bench):
    bench.dialogue.broken = "timeout"
    page = await chat("bonjour")
    assert "L’assistant ne peut pas répondre pour le moment." in page
    kept = re.search(r'value="([^"]+)"><input type="hidden" name="text" value="bonjour">', page)[1]
    bench.dialogue.broken = None
    page = await chat("bonjour", kept)
    assert "Vous avez dit : bonjour" in page
    assert "Renvoyer mon dernier message" not in page


async def test_the_rest_of_a_long_message_stays_in_the_form(chat, client, bench):
    first, rest = "mot " * 249 + "fin.", "Nous sommes à Brest."
    page = await chat(f"{first}\n{rest}")
    assert "Son début est parti" in page
    assert f">\n{rest}</textarea>" in page
    page = await chat(rest)
    assert bench.dialogue.said == [first, rest]
    assert "Son début est parti" not in page


async def test_an_empty_message_changes_nothing(client, bench):
    answer = await client.post("/conversation/messages", data={"text": "  "}, headers=SITE)
    assert answer.status_code == 303
    assert bench.dialogue.opened == []


async def test_words_are_never_markup(chat):
    page = await chat("<script>alert(1)</script> https://example.org/a")
    assert "<script>alert" not in page.replace("&lt;", "<")[: page.index("<main")]
    assert '<a href="https://example.org/a" rel="noopener">' in page


@pytest.mark.parametrize("headers", [ELSEWHERE, FOREIGN_OLD])
@pytest.mark.parametrize("path", ["/conversation/messages", "/conversation/ouvrir", "/conversation/effacer"])
async def test_forms_of_other_sites_are_refused(with_directory, client, bench, chat, path, headers):
    await chat("bonjour")
    answer = await client.post(path, data={"text": "piège", "besoin": "website"}, headers=headers)
    assert answer.status_code == 403
    assert "Demande venue d’un autre site" in answer.text
    assert bench.dialogue.said == ["bonjour"]
    assert bench.dialogue.forgotten == []


async def test_everything_is_erased_after_a_question(client, chat, bench):
    await chat("bonjour")
    assert "Cela ne peut pas être annulé." in (await client.get("/conversation/effacer", headers=HTML)).text
    answer = await client.post("/conversation/effacer", headers=SITE)
    assert "Votre conversation est effacée." in answer.text
    assert len(bench.dialogue.forgotten) == 1
    assert COOKIE not in client.cookies


async def test_an_erasure_in_words_shows_its_proof(client, chat):
    await chat("bonjour")
    page = await chat("Tout effacer")
    assert "Une recherche faite aussitôt après n’a plus rien trouvé" in page
    assert COOKIE not in client.cookies


async def test_a_need_and_a_place_open_a_conversation(with_directory, client, bench):
    fields = {"besoin": "website", "zone": "DEP-29"}
    answer = await client.post("/conversation/ouvrir", data=fields, headers=SITE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    [(_, territory, need)] = bench.dialogue.opened
    assert (territory["code"], need) == ("29", "website")


async def test_in_a_conversation_under_way_they_are_said(with_directory, chat, client, bench):
    await chat("bonjour")
    fields = {"besoin": "website", "zone": "DEP-29"}
    await client.post("/conversation/ouvrir", data=fields, headers=SITE)
    assert bench.dialogue.said[-1] == "Je veux créer ou refaire un site dans le Finistère."
    assert len(bench.dialogue.opened) == 1


async def test_what_is_unknown_opens_a_conversation_without_it(with_directory, client, bench):
    await client.post("/conversation/ouvrir", data={"besoin": "x", "zone": "DEP-00"}, headers=SITE)
    [(_, territory, need)] = bench.dialogue.opened
    assert (territory, need) == (None, None)
