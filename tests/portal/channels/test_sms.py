"""SMS by Twilio: signature, numbered choices, three segments at most."""

from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from portal.channels.gsm import plain, segments
from portal.channels.sms import Sms
from tests.portal.channels.line import WORDING, Line
from tests.portal.channels.providers import TwilioApi

PORTAL = "https://boussole.example"
OWNER = "+33600000001"


@pytest.fixture
def api():
    return TwilioApi()


@pytest.fixture
def channel(api):
    client = httpx.AsyncClient(
        base_url="https://twilio.test/2010-04-01",
        auth=("AC1", "token"),
        transport=httpx.MockTransport(api._handle),
    )
    return Sms(client, "AC1", "token", "+33644600000", PORTAL, WORDING)


@pytest.fixture
def line(record, channel):
    return Line(record, channel)


async def post(line, form, target="/webhooks/sms", token="token", signed=None, signed_target=None):
    signature = RequestValidator(token).compute_signature(PORTAL + (signed_target or target), signed or form)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return await line.http.post(target, content=urlencode(form), headers=headers)


async def receive(line, text, number=1, **more):
    form = {
        "MessageSid": f"SM{number}",
        "SmsStatus": "received",
        "AccountSid": "AC1",
        "From": OWNER,
        "NumMedia": "0",
    }
    return await post(line, form | {"To": "+33644600000", "Body": text} | more)


async def talk(line, *texts):
    for number, text in enumerate(texts):
        await receive(line, text, f"{text}{number}")
        await line.work()


def answers(line, **answer):
    line.dialogue._messages = lambda text: [answer]


async def test_an_owner_is_answered_by_another_call(line, api):
    reply = await receive(line, "bonjour été")
    assert reply.headers["content-type"].startswith("text/xml")
    assert "<Response></Response>" in reply.text
    await line.work()
    (text,) = api.texts
    assert text == plain(WORDING.say("channels", "intro", days=180)) + "\nVous avez dit : bonjour été"
    assert (api.posts[0]["To"], api.posts[0]["From"]) == (OWNER, "+33644600000")


async def test_a_wrong_signature_is_refused(line):
    form = {"MessageSid": "SM1", "AccountSid": "AC1", "From": OWNER, "Body": "x"}
    assert (await post(line, form, token="other")).status_code == 403
    assert (await post(line, form | {"Body": "y"}, signed=form)).status_code == 403
    assert (await post(line, form, "/webhooks/sms?x=1", signed_target="/webhooks/sms")).status_code == 403
    assert (await line.http.post("/webhooks/sms", content=b"\xff")).status_code == 403
    assert line.rows("inbound_events") == []


async def test_parameters_that_twilio_adds_one_day_are_no_obstacle(line):
    assert (await receive(line, "bonjour", FromCountry="FR", Nouveau="")).status_code == 200
    assert len(line.rows("inbound_events")) == 1


async def test_another_account_is_not_ours(line):
    assert (await receive(line, "bonjour", AccountSid="AC9")).status_code == 400


async def test_repeats_are_dropped_and_arrival_is_the_order(line):
    for number, text in enumerate(("un", "deux", "un", "trois")):
        await receive(line, text, "1" if text == "un" else number + 10)
    await line.work()
    assert line.dialogue.said == ["un", "deux", "trois"]


async def test_choices_are_numbered_and_a_number_is_understood(line, api):
    offered = [
        {"title": "Les aides", "payload": "Quelles aides ?"},
        {"title": "Un autre", "payload": "Un autre contact"},
    ]
    answers(line, text="Voici.", buttons=offered)
    await talk(line, "bonjour", "2", "le 1", "7")
    assert api.texts[1] == "Voici.\n1. Les aides\n2. Un autre"
    assert line.dialogue.said == ["bonjour", "Un autre contact", "Quelles aides ?", "7"]


async def test_a_number_after_a_question_without_choices_is_a_number(line):
    answers(line, text="Combien de salariés ?")
    await talk(line, "bonjour", "2")
    assert line.dialogue.said == ["bonjour", "2"]


async def test_a_long_answer_comes_three_segments_at_a_time_when_it_is_asked_for(line, api):
    text = "Une phrase assez longue pour remplir. " * 24
    answers(line, text=text, buttons=[{"title": "Les aides", "payload": "Les aides"}])
    await talk(line, "bonjour")
    assert len(api.posts) == 1
    assert api.texts[0].endswith("\nRépondez SUITE pour lire la suite.")
    await talk(line, "Suite", "SUITE !")
    assert len(api.posts) == 3
    assert line.dialogue.said == ["bonjour"]
    assert all(segments(each) <= 3 for each in api.texts)
    assert api.texts[2].endswith("1. Les aides")
    words = " ".join(each.removesuffix("Répondez SUITE pour lire la suite.") for each in api.texts)
    assert words.count("Une phrase") == 24
    await talk(line, "1", "suite")  # nothing more is held of the first answer, but of the second
    assert line.dialogue.said == ["bonjour", "Les aides"]


async def test_suite_without_more_is_a_message(line):
    await talk(line, "suite")
    assert line.dialogue.said == ["suite"]


async def test_erasing_works_by_number_too(line, api):
    await talk(line, "bonjour", "Tout effacer")
    assert "Votre conversation est effacée" in api.texts[-1]
    assert line.rows("correspondents") == []


@pytest.mark.parametrize(
    ("family", "sentence"), [("image/jpeg", "image"), ("audio/amr", "voice"), ("text/vcard", "other")]
)
async def test_what_cannot_be_read_gets_a_sentence(line, api, family, sentence):
    await receive(line, "", NumMedia="1", MediaContentType0=family)
    await line.work()
    assert api.texts == [plain(WORDING.say("channels", sentence))]


@pytest.mark.parametrize(
    ("status", "state"),
    [("delivered", "delivered"), ("undelivered", "failed"), ("sending", "sent"), ("sent", "sent")],
)
async def test_reports_are_noted(line, api, status, state):
    await talk(line, "bonjour")
    target = httpx.URL(api.posts[0]["StatusCallback"]).raw_path.decode()
    form = {
        "MessageSid": "SMOUT1",
        "MessageStatus": status,
        "ErrorCode": "30003",
        "AccountSid": "AC1",
        "To": OWNER,
    }
    assert (await post(line, form, target)).status_code == 200
    assert line.states("outgoing_messages") == [state]


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        (400, 21610, "failed"),
        (400, 21211, "failed"),
        (401, 20003, "due"),
        (429, 20429, "due"),
        (503, 0, "due"),
    ],
)
async def test_errors_are_tried_again_or_not(line, api, status, code, state):
    api.script.append((status, {"code": code, "message": f"to {OWNER}", "status": status}))
    await talk(line, "bonjour")
    (row,) = line.rows("outgoing_messages")
    assert row["state"] == state
    assert row["error"] == f"HTTP {status}, code {code}"


# --- segments ---


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the euro's two places stay together
        ("é" * 160, 1),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("👍" * 67, 3),  # nor is an emoji cut in two
    ],
)
def test_segments_are_counted_as_they_are_sent(text, count):
    assert segments(text) == count


@pytest.mark.parametrize(
    ("french", "sent"),
    [
        ("L’aide «\u00a0Chèque\u00a0» couvre 50\u202f%", 'L\'aide "Chèque" couvre 50 %'),
        (
            "Être reçu à Nîmes, ça coûte 20 €…",
            "Etre reçu à Nîmes, ça coûte 20 €...".replace("ç", "c").replace("î", "i").replace("û", "u"),
        ),
        ("Un œuf – déjà", "Un oeuf - déjà"),
        ("👍 漢", "👍 漢"),
    ],
)
def test_french_is_made_to_fit_seven_bits(french, sent):
    assert plain(french) == sent


@given(st.text(st.sampled_from("aé€ê👍«»’ \n."), max_size=900), st.integers(0, 8))
def test_no_part_is_longer_than_three_segments(text, count):
    sms = Sms(None, "AC1", "token", "+33", PORTAL, WORDING)
    parts = sms.lay_out([{"text": text, "buttons": [{"title": "Un choix", "payload": "x"}] * count}])
    assert all(0 < segments(part["text"]) <= 3 for part in parts)
