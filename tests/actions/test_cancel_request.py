import pytest

from actions.offer_choices import OfferChoices
from actions.request_status import RequestStatus
from actions.talk_to_human import TalkToHuman
from tests.actions.talking import EMAIL, Entities, requests, say, up_to
from tests.actions.test_request_status import STATUS, made_by


async def made_here(talk):
    await up_to(talk, "consent")
    await say(talk, "Oui, j'accepte", "affirm")
    (made,) = requests(talk)
    return made


async def test_a_request_is_cancelled_after_a_yes(talk):
    made = await made_here(talk)
    said, (message,) = await say(talk, "annulez ma demande", STATUS, RequestStatus)
    assert f"Voulez-vous annuler votre demande {made.reference}" in said
    assert [button["title"] for button in message["buttons"]][:2] == [
        "Oui, annuler la demande",
        "Non, la garder",
    ]
    said, (message,) = await say(talk, "oui", "affirm")
    assert f"Votre demande {made.reference} est annulée" in said
    assert requests(talk)[0].status == message["custom"]["status"] == "done without help"
    said, _ = await say(talk, "où en est ma demande", STATUS, RequestStatus)
    assert "est annulée" in said


async def test_a_no_keeps_it(talk):
    await made_here(talk)
    await say(talk, "annuler ma demande", STATUS, RequestStatus)
    said, _ = await say(talk, "non", "deny")
    assert said == "utter_cancel_request_kept"
    assert requests(talk)[0].status == "new"


@pytest.mark.parametrize("action", [TalkToHuman, OfferChoices])
async def test_who_wants_no_call_any_more_takes_it_back_whatever_it_sounds_like(talk, action):
    await made_here(talk)
    await talk.run(action, text="je ne veux plus être rappelé", intent="talk_to_human")
    assert talk.followup == "action_request_status"


async def test_without_a_request_here_reference_and_address_are_asked_first(talk):
    made = made_by(talk)
    await say(talk, "annuler ma demande", STATUS, RequestStatus)
    await say(talk, made.reference)
    said, _ = await say(talk, EMAIL, entities=[Entities.email()])
    assert "Voulez-vous annuler" in said
    said, _ = await say(talk, "oui", "affirm")
    assert "est annulée" in said


async def test_a_closed_request_is_only_told_about(talk):
    made = await made_here(talk)
    talk.services.requests.mark(made.reference, "done")
    said, _ = await say(talk, "annulez ma demande", STATUS, RequestStatus)
    assert "est traitée" in said
