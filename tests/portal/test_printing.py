import re

from icalendar import Calendar

from tests.portal.test_api import CONVERSATIONS, say

PAGE, AGENDA = "/conversation/imprimer", "/conversation/agenda.ics"


async def test_the_answers_stand_on_a_page_without_scripts(client, bearer):
    await say(client, bearer, "bonjour", "m0")
    await say(client, bearer, "un site", "m1")
    await say(client, bearer, "quelle aide ?", "m2")
    answer = await client.get(PAGE, headers=bearer)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "Chambre d’essai du Finistère, 02 99 00 00 00" in answer.text
    assert "Chèque d’essai" in answer.text
    assert "Vous avez dit" not in answer.text
    assert "<script" not in answer.text
    assert re.findall(r"(?:src|href)=\"(?!/static/|/conversation/|/\")[^\"]*\"", answer.text) == []


async def test_the_page_escapes_what_was_written(client, bearer, bench):
    bench.dialogue._messages = lambda text: [
        {
            "text": "<b>gras</b> https://example.org/a",
            "custom": {"type": "request", "id": "x", "status": "new"},
        }
    ]
    await say(client, bearer, "un site", "m1")
    page = (await client.get(PAGE, headers=bearer)).text
    assert "&lt;b&gt;gras" in page
    assert 'href="https://example.org/a"' in page


async def test_the_cookie_opens_the_page_too(client):
    await client.post(CONVERSATIONS, json={})
    await client.post(f"{CONVERSATIONS}/current/messages", json={"text": "un site", "message_id": "m1"})
    assert (await client.get(PAGE)).status_code == 200


async def test_without_answers_the_page_says_so(client, bearer):
    for headers in ({}, bearer, {"Authorization": "Bearer nobody"}):
        answer = await client.get(PAGE, headers=headers)
        assert answer.status_code == 404
        assert "pas encore de réponse" in answer.text


async def test_dates_to_come_make_a_calendar(client, bearer):
    await say(client, bearer, "est-ce obligatoire ?", "m1")
    await say(client, bearer, "quelle aide ?", "m2")
    answer = await client.get(AGENDA, headers=bearer)

    assert answer.headers["content-type"].startswith("text/calendar")
    assert ".ics" in answer.headers["content-disposition"]
    scheme, duty = Calendar.from_ical(answer.content).walk("VEVENT")
    assert scheme["summary"] == "Date limite\u00a0: Chèque d’essai"
    assert str(scheme["dtstart"].dt) == "2025-12-31"
    assert duty["summary"] == "Nouvelle règle\u00a0: Envoyer des factures électroniques"
    assert str(duty["dtstart"].dt) == "2027-09-01"
    assert "Source\u00a0: https://example.org/regles" in duty["description"]
    assert "Aide finie" not in answer.text

    page = (await client.get(PAGE, headers=bearer)).text
    assert "1er septembre 2027" in page
    assert AGENDA in page


async def test_the_same_date_has_the_same_name_each_time(client, bearer):
    await say(client, bearer, "est-ce obligatoire ?", "m1")
    first = Calendar.from_ical((await client.get(AGENDA, headers=bearer)).content).walk("VEVENT")
    await say(client, bearer, "et donc, obligatoire ?", "m2")
    second = Calendar.from_ical((await client.get(AGENDA, headers=bearer)).content).walk("VEVENT")
    assert [each["uid"] for each in first] == [each["uid"] for each in second]
    assert len(first) == 1


async def test_without_a_date_there_is_no_calendar(client, bearer):
    await say(client, bearer, "un site", "m1")
    answer = await client.get(AGENDA, headers=bearer)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problemes/aucune-date")
    assert (await client.get(AGENDA)).status_code == 401
