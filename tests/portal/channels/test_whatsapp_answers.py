"""What owners get on WhatsApp, and what becomes of it."""

import time

import httpx
import pytest

from tests.portal.channels.line import WORDING
from tests.portal.channels.meta_calls import receive, report, said
from tests.portal.channels.providers import graph_error


def buttons(*titles):
    return [{"title": title, "payload": title} for title in titles]


async def sent(line, cloud, **answer):
    """What is posted for an answer of the assistant."""
    line.dialogue._messages = lambda text: [answer]
    await receive(line, said("bonjour"))
    await line.work()
    return cloud.posts[1:]


# --- what owners get ---


async def test_three_choices_are_buttons(line, cloud):
    offered = buttons("D’autres contacts", "Pourquoi ce contact\u00a0?", "Les aides")
    (post,) = await sent(line, cloud, text="Voici.", buttons=offered)
    replies = [each["reply"] for each in post["interactive"]["action"]["buttons"]]
    assert [reply["title"] for reply in replies] == ["D’autres contacts", "Pourquoi ce contact…", "Les aides"]
    assert [reply["id"] for reply in replies] == [each["payload"] for each in offered]


async def test_more_choices_are_a_list_that_says_long_titles_whole(line, cloud):
    offered = buttons("Faire connaître mon entreprise sur internet", *"abc")
    (post,) = await sent(line, cloud, text="Voici.", buttons=offered)
    rows = post["interactive"]["action"]["sections"][0]["rows"]
    assert rows[0]["title"] == "Faire connaître mon…"
    assert rows[0]["description"] == "Faire connaître mon entreprise sur internet"
    assert rows[1:] == [{"id": each, "title": each} for each in "abc"]


async def test_buttons_that_would_look_the_same_are_a_list(line, cloud):
    (post,) = await sent(
        line, cloud, text="?", buttons=buttons("Mon entreprise a un site", "Mon entreprise a un local")
    )
    assert post["interactive"]["type"] == "list"


async def test_what_a_list_cannot_hold_is_said(line, cloud):
    (post,) = await sent(line, cloud, text="Voici.", buttons=buttons(*"abcdefghijkl"))
    assert len(post["interactive"]["action"]["sections"][0]["rows"]) == 10
    assert post["interactive"]["body"]["text"] == "Voici.\nVous pouvez aussi écrire : k ; l."


async def test_long_texts_come_in_parts_the_last_with_the_choices(line, cloud):
    text = "Une phrase assez longue pour remplir. " * 300
    posts = await sent(line, cloud, text=text, buttons=buttons("Oui", "Non"))
    texts = [(post.get("text") or post.get("interactive", {}).get("body")) for post in posts]
    said_all = " ".join(each.get("body") or each["text"] for each in texts)
    assert said_all.split() == (text + WORDING.say("channels", "choose")).split()
    assert [post["type"] for post in posts] == ["text"] * (len(posts) - 1) + ["interactive"]


# --- delivery ---


async def test_reports_lead_a_message_to_its_end_in_whatever_order(line, cloud):
    await receive(line, said("bonjour"))
    await line.work()
    for state, expected in [("read", "read"), ("delivered", "read"), ("sent", "read"), ("failed", "read")]:
        await report(line, state, cloud.posts[0])
        assert line.states("outgoing_messages") == [expected, "sent"]


async def test_a_report_may_come_before_the_answer_to_the_call(line, cloud):
    """The call timed out, yet the message had left: it is not sent a second time."""
    await receive(line, said("bonjour"))
    await line.channels.answering.until_idle()
    name = line.rows("outgoing_messages")[0]["name"]
    cloud.script.append(httpx.ReadTimeout("x"))
    await line.channels.sending.until_idle()
    await report(line, "delivered", {"biz_opaque_callback_data": name})
    line.clock.advance(minutes=1)
    await line.work()
    assert cloud.texts == ["Vous avez dit : bonjour"]
    assert line.states("outgoing_messages") == ["delivered", "sent"]


async def test_what_failed_on_the_way_is_shown_with_its_reason(line, cloud):
    await receive(line, said("bonjour"))
    await line.work()
    await report(line, "failed", cloud.posts[0], 1, code=131026)
    await report(line, "failed", cloud.posts[1], 2, code=131047)
    assert line.states("outgoing_messages") == ["failed", "undeliverable"]
    assert {each.error for each in line.outgoing.troubles()} == {"code 131026", "code 131047"}


async def test_outside_the_window_nothing_is_sent_and_the_reason_is_kept(line, cloud):
    await receive(line, said("bonjour"))
    line.clock.advance(hours=25)
    await line.work()
    assert cloud.posts == []
    assert set(line.states("outgoing_messages")) == {"undeliverable"}
    assert "24 h" in line.outgoing.troubles()[0].error


async def test_the_window_counts_from_when_the_owner_wrote(line, cloud):
    """Meta repeats a call for days: what it brings may be old, whenever it comes."""
    await receive(line, said("bonjour", at=time.time() - 26 * 3600))
    await line.work()
    assert set(line.states("outgoing_messages")) == {"undeliverable"}


async def test_a_clock_ahead_of_ours_does_not_widen_the_window(line, cloud):
    await receive(line, said("bonjour", at=time.time() + 7200))
    await line.work()
    assert len(cloud.posts) == 2
    await receive(line, said("un site", 2, at=time.time() + 7200))
    line.clock.advance(hours=24.5)
    await line.work()
    assert len(cloud.posts) == 2


async def test_a_timestamp_that_is_none_is_no_obstacle(line, cloud):
    await receive(line, said("bonjour") | {"timestamp": "soon"})
    await line.work()
    assert len(cloud.posts) == 2


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((400, graph_error(131047)), "undeliverable"),
        ((400, graph_error(131026)), "failed"),
        ((400, graph_error(100)), "failed"),
        ((400, graph_error(131056)), "due"),
        ((429, graph_error(130429)), "due"),
        ((500, graph_error(131000)), "due"),
        ((503, {}), "due"),
        ((401, graph_error(190)), "due"),
    ],
)
async def test_errors_are_tried_again_or_not(line, cloud, answer, state):
    cloud.script.append(answer)
    await receive(line, said("bonjour"))
    await line.work()
    first = line.rows("outgoing_messages")[0]
    assert first["state"] == state
    assert "3360" not in first["error"]
