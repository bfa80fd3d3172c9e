import re

import pytest

from console.viewers import Role
from conversations.review_views import APPROVED, PROPOSED, Who
from tests.console.review.conftest import MEASURED, SAID

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORM = {"act": "corrected", "text": "une vitrine sur le net à Quimper", "label": ["need_website", "", ""]}


def entity(kind="location", words="Quimper", value="", start=""):
    return {"kind": [kind], "words": [words], "value": [value], "start": [start]}


@pytest.fixture
def reviewer(visitor):
    return visitor(Role.REVIEWER)


@pytest.mark.parametrize("path", ["", "/suivant", "/approbations", "/export", "/messages/1"])
async def test_advisors_do_not_review(visitor, path):
    assert (await visitor(Role.ADVISOR).get(f"/relecture{path}")).status_code == 403


@pytest.mark.parametrize("path", ["messages/1", "conversations/1"])
async def test_what_is_not_there_is_not_found(reviewer, path):
    assert (await reviewer.get(f"/relecture/{path}")).status_code == 404


async def test_the_queue_shows_what_to_review_and_names_nobody(reviewer, say):
    say()
    page = (await reviewer.get("/relecture")).text
    assert "Pas compris" in page
    assert "une vitrine sur le net" in page
    assert "Le Gall" not in page


async def test_a_message_shows_what_was_understood_and_names_nobody(reviewer, say):
    turn = say()
    page = (await reviewer.get(f"/relecture/messages/{turn.id}")).text
    assert "Camille Dupont" in page
    assert "Le Gall" not in page
    assert '<mark title="Lieu">Quimper</mark>' in page
    assert re.search(r"Visibilité en ligne 30", page)


async def test_a_correction_is_kept_and_the_next_message_follows(reviewer, say, desk):
    first, second = say(), say("encore une autre chose à dire")
    answer = await reviewer.post(f"/relecture/messages/{first.id}", data=FORM | entity() | {"comment": "net"})
    (heard,) = desk.reviews.turns(first.conversation_id)
    kept = heard.correction
    assert (kept.verdict, kept.reading.label, kept.reading.needs) == (
        "corrected",
        "need_website",
        ("website",),
    )
    assert [(each.kind, each.value) for each in kept.reading.entities] == [("location", "com29232")]
    assert (kept.comment, kept.who) == ("net", Who("account-reviewer", "Dominique Reviewer"))
    following = await reviewer.get(answer.headers["location"])
    assert f"/relecture/messages/{second.id}" in following.headers["location"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": ["", "", ""]}, "Choisissez ce que dit le message"),
        ({"label": ["need_nothing"]}, "Choisissez ce que dit le message"),
        ({"label": ["thank", "need_website"]}, "ne va pas avec un second besoin"),
        ({"text": "  "}, "Écrivez un message"),
        (entity(words="Brest"), "n’est pas dans le message"),
        (entity(kind="sector", words="vitrine"), "Donnez la valeur"),
        ({"text": "à Saint-Denis"} | entity(words="Saint-Denis"), "com93066"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_typed_is_lost(reviewer, say, desk, changes, told):
    turn = say()
    answer = await reviewer.post(
        f"/relecture/messages/{turn.id}", data=FORM | {"comment": "ma remarque"} | changes
    )
    assert answer.status_code == 422
    assert told in answer.text
    assert "ma remarque" in answer.text
    (heard,) = desk.reviews.turns(turn.conversation_id)
    assert heard.correction is None


async def test_two_needs_keep_their_order(reviewer, say, desk):
    turn = say()
    wanted = FORM | {"label": ["need_grants", "need_website", ""]}
    await reviewer.post(f"/relecture/messages/{turn.id}", data=wanted)
    (heard,) = desk.reviews.turns(turn.conversation_id)
    assert (heard.correction.reading.label, heard.correction.reading.needs) == (
        "need_grants",
        ("grants", "website"),
    )


async def test_well_understood_keeps_what_was_understood(reviewer, say, desk):
    turn = say("un site", label="need_website")
    await reviewer.post(f"/relecture/messages/{turn.id}", data={"act": "right"})
    (heard,) = desk.reviews.turns(turn.conversation_id)
    assert (heard.correction.verdict, heard.correction.reading.needs) == ("right", ("website",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MEASURED, "mesurer l’assistant"),
        ("une page internet pour montrer mes chaises paillees !", "mesurer l’assistant"),
        ("Je voudrais un site pour ma crêperie", "mot pour mot"),
    ],
)
async def test_what_measures_and_what_is_known_is_never_proposed(reviewer, say, desk, text, told):
    turn = say()
    form = FORM | {"act": "learn", "text": text, "anyway": "1"}
    answer = await reviewer.post(f"/relecture/messages/{turn.id}", data=form)
    assert answer.status_code == 422
    assert told in answer.text
    assert desk.candidates.counts() == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("je voudrais un site pour une crêperie", "très proche est déjà appris"),
        ("une vitrine pour Anne Le Gall", "semblent nommer"),
    ],
)
async def test_what_is_doubtful_is_proposed_on_a_second_word(reviewer, say, desk, text, told):
    turn = say()
    form = FORM | {"act": "learn", "text": text}
    answer = await reviewer.post(f"/relecture/messages/{turn.id}", data=form)
    assert told in answer.text
    assert desk.candidates.counts() == {}
    answer = await reviewer.post(f"/relecture/messages/{turn.id}", data=form | {"anyway": "1"})
    assert answer.status_code == 303
    assert desk.candidates.counts() == {PROPOSED: 1}


@pytest.fixture
async def proposed(reviewer, say, desk):
    turn = say()
    form = FORM | {"act": "learn"} | entity()
    await reviewer.post(f"/relecture/messages/{turn.id}", data=form)
    (candidate,) = desk.candidates.listed(PROPOSED)
    return candidate


async def test_a_second_person_approves_and_the_first_one_cannot(reviewer, visitor, desk, proposed):
    address = f"/relecture/approbations/{proposed.id}"
    page = (await reviewer.get("/relecture/approbations")).text
    assert "Une autre personne doit décider" in page
    assert 'value="approve"' not in page
    answer = await reviewer.post(address, data={"act": "approve"})
    assert (answer.status_code, desk.candidates.counts()) == (403, {PROPOSED: 1})
    second = visitor(Role.ADMINISTRATOR)
    assert 'value="approve"' in (await second.get("/relecture/approbations")).text
    assert (await second.post(address, data={"act": "approve"})).status_code == 303
    assert desk.candidates.counts() == {APPROVED: 1}
    assert (await second.post(address, data={"act": "approve"})).status_code == 409
    assert (await visitor(Role.ADVISOR).post(address, data={"act": "approve"})).status_code == 403


async def test_a_refusal_needs_a_reason(visitor, desk, proposed):
    second, address = visitor(Role.ADMINISTRATOR), f"/relecture/approbations/{proposed.id}"
    assert (await second.post(address, data={"act": "refuse", "reason": " "})).status_code == 422
    assert (await second.post(address, data={"act": "refuse", "reason": "trop vague"})).status_code == 303
    page = (await second.get("/relecture/approbations")).text
    assert "trop vague" in page


async def test_the_export_shows_what_it_changes_and_gives_the_same_files(visitor, desk, proposed):
    desk.candidates.approve(proposed.id, Who("account-other", "Autre"))
    client = visitor(Role.ADMINISTRATOR)
    page = (await client.get("/relecture/export")).text
    assert "Site internet" in page
    assert "une vitrine sur le net à [Quimper](location:com29232)" in page
    first, second = [await client.post("/relecture/export") for _ in range(2)]
    assert first.headers["content-type"] == "application/zip"
    assert first.content == second.content
    assert len(desk.exports.listed()) == 2


async def test_an_export_of_what_was_erased_is_to_be_made_again(visitor, desk, log, proposed):
    desk.candidates.approve(proposed.id, Who("account-other", "Autre"))
    client = visitor(Role.ADMINISTRATOR)
    await client.post("/relecture/export")
    log.delete(log.by_id(proposed.conversation_id))
    page = (await client.get("/relecture/export")).text
    assert "Un export contient des messages effacés depuis" in page
    assert "vitrine" not in page


async def test_owners_words_are_text_on_every_page(visitor, say, desk, reviewer):
    turn = say(f"{ATTACK} une vitrine")
    form = FORM | {"act": "learn", "text": f"{ATTACK} une vitrine", "comment": ATTACK}
    await reviewer.post(f"/relecture/messages/{turn.id}", data=form)
    await reviewer.post(f"/relecture/conversations/{turn.conversation_id}/etiquettes", data={"tags": ATTACK})
    (candidate,) = desk.candidates.listed(PROPOSED)
    desk.candidates.approve(candidate.id, Who("account-other", ATTACK))
    client = visitor(Role.ADMINISTRATOR)
    desk.reviews.move(turn.conversation_id, "new", Who("x", "X"))
    for path in ("", f"/messages/{turn.id}", "/approbations", "/export"):
        page = (await client.get(f"/relecture{path}")).text
        assert "&lt;img src=x" in page, path
        assert "<img" not in page, path
        assert "<script>" not in page, path


async def test_tags_state_and_whose_it_is(reviewer, say, desk):
    turn = say()
    base = f"/relecture/conversations/{turn.conversation_id}"
    await reviewer.post(f"{base}/etiquettes", data={"tags": "accent, vin"})
    await reviewer.post(f"{base}/affectation", data={"whose": "moi"})
    await reviewer.post(f"{base}/etat", data={"state": "later"})
    standing = desk.reviews.standing(turn.conversation_id)
    assert (standing.state, standing.tags, standing.assigned_to) == (
        "later",
        ("accent", "vin"),
        "account-reviewer",
    )
    assert SAID[:5] not in (await reviewer.get("/relecture")).text
    page = (await reviewer.get("/relecture?etat=later&pour=moi")).text
    assert "Plus tard" in page
    assert "vitrine" in page
    assert "a ajouté l’étiquette « accent »" in (await reviewer.get(f"/relecture/messages/{turn.id}")).text
    assert (await reviewer.post(f"{base}/etat", data={"state": "gone"})).status_code == 422
    assert (
        await reviewer.post("/relecture/conversations/none/etat", data={"state": "later"})
    ).status_code == 404


async def test_an_address_says_nothing_of_its_own(reviewer, say):
    turn = say()
    for path in (f"/relecture/messages/{turn.id}?fait={ATTACK}", f"/relecture?fait={ATTACK}"):
        assert (await reviewer.get(path)).status_code in (200, 422)
        assert "onerror" not in (await reviewer.get(path)).text


async def test_who_opens_a_message_is_written_down(reviewer, say, desk):
    turn = say()
    await reviewer.get(f"/relecture/messages/{turn.id}")
    (read,) = desk.reads.of_subject("conversation", turn.conversation_id)
    assert (read.account_id, read.purpose) == ("account-reviewer", "relecture")


async def test_no_invisible_character_reaches_the_database(reviewer, say, desk):
    turn = say("un\x00site")
    form = FORM | {"text": "un\x00 site", "comment": "a\x00b"}
    assert (await reviewer.post(f"/relecture/messages/{turn.id}", data=form)).status_code == 303
    (heard,) = desk.reviews.turns(turn.conversation_id)
    assert (heard.correction.reading.text, heard.correction.comment) == ("un site", "ab")
    assert (await reviewer.get("/relecture/messages/%00")).status_code == 404


async def test_who_sees_what_waits_for_approval_is_written_down(visitor, desk, proposed):
    await visitor(Role.ADMINISTRATOR).get("/relecture/approbations")
    latest = desk.reads.of_subject("conversation", proposed.conversation_id)[0]
    assert (latest.account_id, latest.what, latest.listing.shown) == ("account-administrator", "approvals", 1)
