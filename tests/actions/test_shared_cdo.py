"""Sharing an expert: what it costs, the questions, consent, groups, withdrawal."""

from dataclasses import replace

import pytest

from actions.answer_need import AnswerNeed
from actions.answer_question import AnswerQuestion
from actions.more_results import MoreResults
from actions.shared_cdo import SharedCdo
from actions.take_information import TakeInformation
from conversations.bootstrap import utc_now
from conversations.interests import Interests
from tests.actions.conftest import QUIMPER, SAINT_DENIS, Conversation, Post, location, need
from tests.actions.shipped import shipped_services
from tests.databases import new_record

SENDER = "essai"  # that of the fake conversation
BRITTANY = location("Bretagne", "53", departement=None, level="region")
REUNION = location("La Réunion", "974", departement="974", region="04", level="departement")
BAKER = {"entity": "sector", "value": "10", "additional_info": {"trade": "boulanger", "craft": True}}


@pytest.fixture
def engine(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def interests(engine):
    return Interests(engine, utc_now)


@pytest.fixture
def owner(interests):
    return Conversation(replace(shipped_services(), interests=interests))


def plain(messages):
    said = " / ".join(message["text"] or message["response"] for message in messages)
    return said.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


async def say(owner, text, intent="inform", **more):
    return plain(await owner.run(AnswerQuestion, text=text, intent=intent, **more))


async def begin(owner):
    return plain(await owner.run(SharedCdo, text="Partager un expert avec d'autres"))


async def up_to_consent(owner):
    await begin(owner)
    await say(owner, "un site et la sécurité")
    await say(owner, "deux jours")
    await say(owner, "Quimper", entities=[QUIMPER])
    return await say(owner, "boulanger", entities=[BAKER])


async def register(owner, address="paul@exemple.fr"):
    await up_to_consent(owner)
    await say(owner, "oui", intent="affirm")
    return await say(owner, address)


def two_others(interests):
    wish = interests.of(SENDER).wish
    for name in ("anne", "jean"):
        interests.register(name, replace(wish, email=f"{name}@exemple.fr"))


async def test_the_need_is_answered_with_what_a_share_costs_first(owner):
    explained, contacts, *_ = await owner.run(
        AnswerNeed, text="un CDO partagé", intent="need_shared_cdo", entities=[need("shared_cdo"), QUIMPER]
    )
    text = plain([explained])
    assert "Plusieurs entreprises se partagent un spécialiste" in text
    assert "d'un jour par mois coûterait de 600 à 1 200 € hors taxes par mois" in text
    assert explained["custom"]["type"] == "guidance"
    assert explained["custom"]["topic"] == "shared_cdo"
    assert contacts["custom"]["type"] == "contacts"


async def test_the_explanation_is_given_once(owner):
    await owner.run(
        AnswerNeed, text="un CDO", intent="need_shared_cdo", entities=[need("shared_cdo"), QUIMPER]
    )
    first, *_ = await owner.run(TakeInformation, text="à La Réunion", intent="correct", entities=[REUNION])
    assert first["custom"]["type"] == "contacts"


async def test_a_guidance_without_figures_still_answers(conversation):
    (contacts, *_) = await conversation.run(
        AnswerNeed, text="un CDO", intent="need_shared_cdo", entities=[need("shared_cdo"), QUIMPER]
    )
    assert contacts["custom"]["type"] == "contacts"


async def test_consent_says_what_is_kept_and_who_sees_it(owner, interests):
    asked = await up_to_consent(owner)
    assert "2 jours par mois, à Quimper, métier : boulanger" in asked
    assert "pour : site ou boutique en ligne ; sécurité et sauvegardes" in asked
    assert "Seuls les conseillers du réseau" in asked
    assert interests.of(SENDER) is None


async def test_where_mail_is_sent_consent_and_answer_tell_of_it(owner):
    assert "Un e-mail vous" not in await up_to_consent(owner)
    owner.slots.clear()
    owner.services = replace(owner.services, mailer=Post())
    assert "Un e-mail vous préviendrait une fois, quand un groupe est possible. Vous" in await up_to_consent(
        owner
    )
    await say(owner, "oui", intent="affirm")
    assert "un e-mail vous préviendra" in await say(owner, "paul@exemple.fr")


async def test_an_interest_is_registered_with_its_consent(owner, interests):
    asked = await up_to_consent(owner)
    await say(owner, "oui", intent="affirm")
    said = await say(owner, "paul@exemple.fr")
    assert "C'est enregistré : 2 jours par mois" in said
    assert "E-mail : paul@exemple.fr" in said
    assert "de 1 200 à 2 400 € hors taxes par mois (2 × 600 à 1 200 € la journée)" in said
    wish = interests.of(SENDER).wish
    assert plain([{"text": wish.consent}]) == asked
    assert (wish.departement, wish.place_code, wish.trade, wish.division) == (
        "29",
        "29232",
        "boulanger",
        "10",
    )
    assert (wish.skills, wish.days, wish.email) == (("website", "security"), 2, "paul@exemple.fr")
    assert owner.slots["form"] is None
    assert owner.slots["results"] == {"shared_cdo": {"registered": True}}


async def test_refusal_stores_nothing_and_says_so(owner, interests):
    await up_to_consent(owner)
    assert await say(owner, "non", intent="deny") == "utter_shared_cdo_refused"
    assert interests.of(SENDER) is None
    assert not owner.slots.get("results")


async def test_nonsense_to_the_consent_is_no_consent(owner, interests):
    await up_to_consent(owner)
    await say(owner, "blub")
    assert "utter_shared_cdo_refused" in await say(owner, "blub blub")
    assert interests.of(SENDER) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("paul@exemple", "Il manque la fin de l'adresse « paul@exemple »"),
        ("paulexemple.fr", "Il manque l'arobase (@) dans « paulexemple.fr »"),
        ("paul@exemple,fr", "« paul@exemple,fr » contient une faute"),
        ("paul@@exemple.fr", "« paul@@exemple.fr » contient une faute"),
        ("paul@gmial.com", "plutôt « …@gmail.com »"),
        ("je n'en ai pas sous la main", "Je n'ai pas trouvé d'adresse"),
    ],
)
async def test_a_mistyped_address_is_said(owner, interests, typed, reason):
    assert reason in await register(owner, typed)
    assert interests.of(SENDER) is None
    assert "C'est enregistré" in await say(owner, "Paul @ exemple.fr")
    assert interests.of(SENDER).wish.email == "paul@exemple.fr"


async def test_without_an_address_nothing_is_stored(owner, interests):
    await register(owner, "non merci")
    assert "utter_shared_cdo_no_email" in await say(owner, "blub")
    assert interests.of(SENDER) is None


async def test_what_is_known_is_not_asked(owner):
    await owner.run(
        AnswerNeed,
        text="un expert partagé",
        intent="need_shared_cdo",
        entities=[need("shared_cdo"), QUIMPER, BAKER],
    )
    await begin(owner)
    await say(owner, "Visibilité et réseaux sociaux")
    assert "Êtes-vous d'accord ?" in await say(owner, "1 jour par semaine")


async def test_who_cannot_say_gets_the_usual_days(owner):
    await begin(owner)
    await say(owner, "je ne sais pas")
    await say(owner, "je ne sais pas")
    await say(owner, "Quimper", entities=[QUIMPER])
    assert "1 jour par mois, à Quimper, besoins à préciser" in await say(owner, "passer")


async def test_too_many_days_are_said(owner):
    await begin(owner)
    await say(owner, "2 et 4")
    assert "Au-delà de 15 jours par mois" in await say(owner, "30 jours")
    assert "Où se trouve" in await say(owner, "4")


async def test_a_region_is_asked_closer(owner):
    await begin(owner)
    await say(owner, "Logiciels, données et IA")
    await say(owner, "2")
    assert "« Bretagne » compte plusieurs départements" in await say(owner, "Bretagne", entities=[BRITTANY])
    assert "métier" in await say(owner, "Quimper", entities=[QUIMPER])


async def test_a_name_of_several_places_is_asked_closer(owner):
    await begin(owner)
    await say(owner, "4")
    await say(owner, "2")
    said = await say(owner, "Saint-Denis", entities=[SAINT_DENIS])
    assert "« Saint-Denis » peut être en Seine-Saint-Denis ou à La Réunion" in said
    assert "métier" in await say(owner, "La Réunion", entities=[REUNION])
    assert owner.slots["form"]["answers"]["area"]["code"] == "97411"


async def test_without_a_place_nothing_is_stored(owner, interests):
    await begin(owner)
    await say(owner, "5")
    await say(owner, "2")
    await say(owner, "quelque part")
    assert "utter_shared_cdo_no_place" in await say(owner, "par là")
    assert owner.slots["form"] is None


async def test_a_need_in_the_middle_is_answered_first(owner):
    await begin(owner)
    await say(owner, "5")
    await say(owner, "2")
    await say(owner, "il me faut un prêt à Quimper", intent="need_loans", entities=[need("loans"), QUIMPER])
    assert owner.followup == "action_answer_need"
    messages = await owner.run(AnswerNeed, intent="need_loans", entities=[need("loans"), QUIMPER])
    assert "l'expert à partager" in plain(messages[-1:])
    assert "métier" in await say(owner, "Quimper", entities=[QUIMPER])


async def test_asking_again_says_where_it_stands(owner):
    await register(owner)
    assert "Votre demande est enregistrée" in await begin(owner)


async def test_members_are_told_once_when_they_write(owner, interests):
    await register(owner)
    two_others(interests)
    said = plain(await owner.run(MoreResults, text="autre", intent="more_results"))
    assert "Vous êtes 3 entreprises, dans le Finistère" in said
    again = plain(await owner.run(MoreResults, text="autre", intent="more_results"))
    assert "Vous êtes" not in again


async def test_a_group_that_falls_apart_is_told(owner, interests):
    await register(owner)
    two_others(interests)
    await begin(owner)
    interests.withdraw("anne")
    said = plain(await owner.run(MoreResults, text="autre", intent="more_results"))
    assert "le groupe est devenu trop petit" in said


async def test_withdrawal_deletes(owner, interests):
    await register(owner)
    two_others(interests)
    assert plain(await owner.run(SharedCdo, text="Me retirer du groupe")) == "utter_shared_cdo_withdrawn"
    assert interests.of(SENDER) is None
    assert interests.groups() == []
    assert "shared_cdo" not in owner.slots["results"]
    assert plain(await owner.run(SharedCdo, text="Me retirer du groupe")) == "utter_shared_cdo_nothing"


async def test_a_record_that_is_away_loses_no_answer(owner, engine):
    await up_to_consent(owner)
    await say(owner, "oui", intent="affirm")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE interests RENAME TO away")
    assert await say(owner, "paul@exemple.fr") == "utter_shared_cdo_retry"
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO interests")
    assert "C'est enregistré" in await say(owner, "paul@exemple.fr")


async def test_without_a_record_it_is_said(conversation):
    assert await begin(conversation) == "utter_shared_cdo_unavailable"
