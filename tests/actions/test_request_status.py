import pytest

from actions.offer_choices import OfferChoices
from actions.out_of_scope import OutOfScope
from actions.request_status import RequestStatus
from actions.take_information import TakeInformation
from conversations.request_views import NewRequest, Recipient
from tests.actions.talking import EMAIL, Entities, say

STATUS = "request_status"


def made_by(talk, conversation_id="elsewhere", email=EMAIL):
    new = NewRequest(conversation_id, "Un site.", Recipient("cci", "CCI d'essai"), "Oui.", email=email)
    return talk.services.requests.open(new)


async def test_the_conversation_knows_its_own_requests(talk):
    made = made_by(talk, "essai")
    talk.services.requests.mark(made.reference, "taken")
    said, (message,) = await say(talk, "personne m'a rappelé", STATUS, RequestStatus)
    assert f"Votre demande {made.reference}, faite le 3 mars 2025, est prise en charge" in said
    assert message["custom"] == {"type": "request", "id": made.reference, "status": "taken"}


async def test_elsewhere_reference_and_address_are_asked(talk):
    made = made_by(talk)
    said, _ = await say(talk, "où en est ma demande", STATUS, RequestStatus)
    assert said.startswith("Quelle est la référence")
    said, _ = await say(talk, made.reference.lower().replace("-", " "))
    assert said == "Quelle adresse e-mail aviez-vous donnée ?"
    said, (message,) = await say(talk, EMAIL, entities=[Entities.email()])
    assert "n'est pas encore prise en charge" in said
    assert message["custom"]["status"] == "new"
    assert talk.slots.get("results", {}) == {}


async def test_what_the_message_says_is_not_asked(talk):
    made = made_by(talk)
    said, _ = await say(talk, f"{made.reference} {EMAIL}", STATUS, RequestStatus, entities=[Entities.email()])
    assert made.reference in said


async def test_a_wrong_half_says_the_same_as_two(talk):
    made = made_by(talk)
    answers = []
    for reference, email in (
        (made.reference, "autre@b.example"),
        ("BP-7K3M-42", EMAIL),
        ("BP-9TTB-01", "x@b.example"),
    ):
        talk.slots.clear()
        said, _ = await say(
            talk, f"{reference} {email}", STATUS, RequestStatus, entities=[Entities.email(email)]
        )
        answers.append(said)
    assert answers[0].startswith("utter_request_not_found")
    assert len(set(answers)) == 1


async def test_a_lost_reference_leads_to_a_person(talk):
    await say(talk, "où en est ma demande", STATUS, RequestStatus)
    said, messages = await say(talk, "je ne sais pas")
    assert said.startswith("utter_request_no_reference")
    assert messages[0]["buttons"][0]["title"] == "Parler à un conseiller"


async def test_nonsense_twice_is_asked_once_more_then_passed(talk):
    await say(talk, "où en est ma demande", STATUS, RequestStatus)
    said, _ = await say(talk, "bof bof", "feedback_negative")
    assert said.startswith("Je n'ai pas trouvé de référence dans votre message")
    said, _ = await say(talk, "blub", "out_of_scope")
    assert "utter_request_no_reference" in said


@pytest.mark.parametrize(
    "text", ["Je n'ai pas la référence", "j'en ai pas", "j'ai pas reçu de référence moi"]
)
async def test_who_has_no_reference_is_not_asked_for_it_again(talk, text):
    await say(talk, "où en est ma demande", STATUS, RequestStatus)
    said, _ = await say(talk, text, "feedback_negative")
    assert said.startswith("utter_request_no_reference")


async def test_who_lost_it_is_told_where_it_stands(talk):
    await say(talk, "où en est ma demande", STATUS, RequestStatus)
    said, _ = await say(talk, "je l'ai perdue")
    assert said.startswith("L'e-mail de confirmation donne la référence")


async def test_a_mistyped_reference_is_not_recognised(talk):
    await say(talk, "où en est ma demande", STATUS, RequestStatus)
    said, _ = await say(talk, "BP 7K3 42")
    assert said.startswith("Je ne reconnais pas cette référence")


async def test_without_an_address_the_address_is_what_lacks(talk):
    await say(talk, "où en est ma demande BP-7K3M-42", STATUS, RequestStatus)
    said, _ = await say(talk, "je ne sais pas")
    assert said.startswith("utter_request_no_address")


@pytest.mark.parametrize("action", [TakeInformation, OutOfScope, OfferChoices])
async def test_a_reference_alone_is_looked_up_whatever_it_is_taken_for(conversation, action):
    await conversation.run(action, text="BP-7K3M-42", intent="inform")
    assert conversation.followup == "action_request_status"


async def test_a_number_without_the_prefix_is_no_reference(conversation):
    await conversation.run(TakeInformation, text="7K3M 42", intent="inform")
    assert conversation.followup is None
