from dataclasses import replace
from datetime import timedelta

import pytest

from actions.memory import Memory
from actions.request_status import RequestStatus
from actions.talk_to_human import TalkToHuman
from conversations.bootstrap import open_requests
from conversations.errors import RecordUnreachable
from conversations.mailer import NoMailer
from conversations.outbox import Outbox
from conversations.transactions import Transactions
from tests.actions.conftest import QUIMPER, SAINT_DENIS, a_contact, need
from tests.actions.talking import EMAIL, Entities, plain, requests, say, up_to
from tests.conversations.test_requests import reminding_of


async def test_first_whom_to_call_then_whether_a_request_is_wanted(talk):
    direct, offer = await talk.run(TalkToHuman, text="un humain", intent="talk_to_human")
    assert "Chambre d'essai 1 » au 02 99 00 00 00" in plain(direct["text"])
    assert direct["custom"]["items"][0]["id"] == "contact-1"
    assert "transmette une demande" in offer["text"]
    assert len(direct["text"].split("\n")) == 1


async def test_the_whole_way_to_a_request(talk):
    consent = await up_to(talk, "consent")
    for part in (
        "les conseillers du réseau Boussole PME",
        "Anne Le Gall",
        EMAIL,
        "le matin",
        "Lieu : Quimper",
    ):
        assert part in consent
    said, (message,) = await say(talk, "Oui, j'accepte", "affirm")
    (made,) = requests(talk)
    assert message["custom"] == {"type": "request", "id": made.reference, "status": "new"}
    assert made.reference in said
    assert (made.name, made.email, made.moment, made.need) == ("Anne Le Gall", EMAIL, "le matin", "website")
    assert made.place["code"] == "29232"
    assert plain(made.consent) == consent
    assert set(made.mail) == {"confirmation", "notice"}
    assert talk.slots["form"] is None
    assert "email" not in talk.slots.get("results", {})["talk_to_human"]


async def test_nothing_personal_is_asked_before_a_yes(talk):
    said, _ = await say(talk, "un humain", "talk_to_human", TalkToHuman)
    said, (message,) = await say(talk, "Non, j'appelle moi-même", "deny")
    assert said == "utter_request_declined"
    assert requests(talk) == []


async def test_a_number_in_the_message_is_a_yes_and_not_asked_again(talk):
    talk.slots |= {"need": "website", "place": {"level": "commune", "code": "29232"}}
    said, _ = await say(
        talk, "rappelez-moi au 06 12 34 56 78", "talk_to_human", TalkToHuman, entities=[Entities.phone()]
    )
    assert said.endswith("À quel nom faire la demande ?")
    said, _ = await say(talk, "Le Gall")
    assert said == "Quand préférez-vous être contacté ?"


async def test_a_name_beside_the_number_that_says_yes_is_not_asked_for(talk):
    talk.slots |= {"need": "website", "place": {"level": "commune", "code": "29232"}}
    await say(talk, "un humain", "talk_to_human", TalkToHuman)
    text = "Martin Lucette 06 12 34 56 78"
    number = Entities.phone() | {"start": text.index("06"), "end": len(text)}
    said, _ = await say(talk, text, entities=[number])
    assert said == "Quand préférez-vous être contacté ?"
    assert talk.slots["form"]["answers"]["name"] == "Martin Lucette"


async def test_who_asks_for_somebody_says_yes(talk):
    await say(talk, "un humain", "talk_to_human", TalkToHuman)
    await say(talk, "passez moi quelqu'un", "talk_to_human", sure=False)
    assert talk.slots["form"]["answers"]["offer"] == "yes"


async def test_further_facts_of_the_firm_stand_in_the_summary(talk):
    talk.slots["told"] = {"turnover": 400_000, "age_years": 0.5, "legal_form": "MICRO"}
    summary = await up_to(talk, "summary")
    assert "Forme juridique : micro-entrepreneur." in summary
    assert "Ancienneté : moins d'un an." in summary
    assert "Chiffre d'affaires : 400 000 € par an." in summary


async def test_a_question_is_no_summary(talk):
    await up_to(talk, "summary")
    said, _ = await say(talk, "et si personne ne m'appelle ?", "inform")
    assert talk.slots["form"]["question"] == "summary"
    assert "personne" not in said


async def test_what_is_known_is_not_asked_and_stands_in_the_summary(talk):
    talk.slots |= {
        "need": "website",
        "question": "je veux refaire mon site",
        "place": {"level": "commune", "code": "29232"},
        "sector": {"division": "10", "trade": "boulanger", "craft": True},
        "company_size": 3,
        "country": "BE",
        "amount": 5000,
    }
    await say(talk, "un humain", "talk_to_human", TalkToHuman)
    await say(talk, "oui", "affirm")
    await say(talk, "Le Gall")
    await say(talk, EMAIL, entities=[Entities.email()])
    summary, _ = await say(talk, "mardi après 18h", "talk_to_human")
    for part in ("je veux refaire mon site", "Quimper", "boulanger", "3 personnes", "Belgique", "5 000 €"):
        assert part in summary
    consent, _ = await say(
        talk, "En fait je veux surtout vendre en ligne.", "need_online_store", entities=[need("online_store")]
    )
    assert "Demande :\nEn fait je veux surtout vendre en ligne." in consent
    assert "mardi après 18h" in consent


async def test_a_refusal_stores_nothing_and_forgets_how_to_reach(talk):
    await up_to(talk, "consent")
    said, _ = await say(talk, "Non, ne rien transmettre", "deny")
    assert said.startswith("utter_request_no_consent")
    assert "Chambre d'essai 1" in said
    assert requests(talk) == []
    assert talk.slots["contact"] == {}
    assert "talk_to_human" not in talk.slots.get("results", {})


async def test_consent_that_is_not_understood_twice_is_none(talk):
    await up_to(talk, "consent")
    await say(talk, "blub", "out_of_scope")
    said, _ = await say(talk, "blub blub", "out_of_scope")
    assert "utter_request_no_consent" in said
    assert requests(talk) == []


async def test_without_a_way_to_be_reached_nothing_can_be_sent(talk):
    await up_to(talk, "reach")
    said, _ = await say(talk, "asdf", "out_of_scope")
    assert "L'un des deux" not in said
    said, _ = await say(talk, "qsdf", "out_of_scope")
    assert "utter_request_unreachable" in said
    assert "Chambre d'essai 1" in said
    assert requests(talk) == []


async def test_an_address_is_corrected_at_the_last_moment(talk):
    await up_to(talk, "consent")
    said, _ = await say(
        talk, "non mon mail c'est a@b.example", "deny", entities=[Entities.email("a@b.example")]
    )
    assert "E-mail : a@b.example" in said
    await say(talk, "oui", "affirm")
    assert requests(talk)[0].email == "a@b.example"


async def test_a_place_with_namesakes_is_asked_for_once_more(talk):
    await up_to(talk, "place")
    said, _ = await say(talk, "saint-denis", entities=[SAINT_DENIS])
    assert said == "« Saint-Denis » peut être en Seine-Saint-Denis ou à La Réunion. Où est votre entreprise ?"
    said, _ = await say(
        talk,
        "La Réunion",
        entities=[
            {
                **QUIMPER,
                "value": "La Réunion",
                "additional_info": {
                    "level": "departement",
                    "code": "974",
                    "departement": "974",
                    "region": "04",
                },
            }
        ],
    )
    assert said == "À quel nom faire la demande ?"
    assert talk.slots["place"]["code"] == "97411"


async def test_need_and_place_may_be_passed(talk):
    await up_to(talk, "need")
    await say(talk, "passer")
    said, _ = await say(talk, "non", "deny")
    assert said == "À quel nom faire la demande ?"
    await say(talk, "Le Gall")
    await say(talk, EMAIL, entities=[Entities.email()])
    said, _ = await say(talk, "peu importe", "feedback_negative")
    assert said == "Que doit savoir le conseiller ? Écrivez-le en une ou deux phrases."
    said, _ = await say(talk, "oui", "affirm")
    assert said.startswith("Répondez")
    said, _ = await say(talk, "Je voudrais parler de mon projet.", "inform")
    assert "Demande :\nJe voudrais parler de mon projet." in said


async def test_the_body_receives_the_request_where_it_has_an_address(talk, knowledge):
    knowledge.contact_list = [replace(a_contact(1), email="accueil@cci.example"), a_contact(2)]
    consent = await up_to(talk, "consent")
    assert "Chambre d'essai 1" in consent
    await say(talk, "oui", "affirm")
    recipient = requests(talk)[0].recipient
    assert (recipient.id, recipient.email) == ("contact-1", "accueil@cci.example")


async def test_without_mail_only_the_advisors_read_it_and_that_is_said(
    conversation, record, clock, knowledge
):
    knowledge.contact_list = [replace(a_contact(1), email="accueil@cci.example")]
    desk = open_requests(record, NoMailer(), clock)
    conversation.services = replace(conversation.services, requests=desk)
    consent = await up_to(conversation, "consent")
    assert "les conseillers du réseau Boussole PME" in consent
    said, _ = await say(conversation, "oui", "affirm")
    assert "Aucun e-mail n'est envoyé" in said
    assert "Aucun e-mail de confirmation" in said
    assert requests(conversation)[0].mail == {}


async def test_a_record_that_does_not_answer_is_said(talk, monkeypatch):
    await up_to(talk, "consent")

    def away(*_):
        raise RecordUnreachable

    monkeypatch.setattr(type(talk.services.requests), "open", away)
    said, _ = await say(talk, "oui", "affirm")
    assert said.startswith("utter_request_not_kept")


async def test_a_bounce_is_told_at_the_next_message(talk, record, clock):
    await up_to(talk, "consent")
    await say(talk, "oui", "affirm")
    outbox = Outbox(Transactions(record), clock)
    while (mail := outbox.claim()) is not None:
        outbox.refused(mail, "550")
    said, _ = await say(talk, "un site", "need_website", RequestStatus)
    assert f"Votre adresse {EMAIL} a refusé notre e-mail" in said
    assert "n'a pas pu être remis" in said


async def test_a_reminder_that_comes_back_is_told_apart_from_the_notice(talk, record, clock):
    await up_to(talk, "consent")
    await say(talk, "oui", "affirm")
    outbox = Outbox(Transactions(record), clock)
    while (mail := outbox.claim()) is not None:
        outbox.sent(mail)
    clock.now += timedelta(days=4)
    reminding_of(record, clock).write()
    reminder = outbox.claim()
    outbox.sent(reminder)
    outbox.bounced(reminder.id, "returned 5.1.1")
    said, _ = await say(talk, "un site", "need_website", RequestStatus)
    assert "Notre rappel à ce destinataire n'a pas pu être remis" in said


async def test_asking_again_shows_the_earlier_request_first(talk):
    await up_to(talk, "consent")
    await say(talk, "oui", "affirm")
    said, _ = await say(talk, "un humain", "talk_to_human", TalkToHuman)
    assert requests(talk)[0].reference in said
    said, _ = await say(talk, "oui", "affirm")
    assert said == "Quand préférez-vous être contacté ?"


async def test_stop_at_each_question_stores_nothing(talk):
    for question in ("need", "place", "name", "reach", "moment", "summary", "consent"):
        talk.slots.clear()
        await up_to(talk, question)
        said, _ = await say(talk, "Arrêter les questions", "deny")
        ended = "utter_request_no_consent" if question == "consent" else "utter_form_stopped"
        assert said.startswith(ended), question
    assert requests(talk) == []


def test_memory_stays_plain_data():
    assert Memory().contact == {}


@pytest.mark.parametrize(
    ("said_by_owner", "kept"),
    [("Le matin", "le matin"), ("2", "l'après-midi"), ("mardi après-midi", "mardi après-midi")],
)
async def test_a_moment_is_kept_as_it_was_said(talk, said_by_owner, kept):
    await up_to(talk, "moment")
    await say(talk, said_by_owner, "goodbye")
    assert talk.slots["form"]["answers"]["moment"].replace("\u2019", "'") == kept
