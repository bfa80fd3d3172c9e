"""An advisor in a conversation on WhatsApp."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.bootstrap import open_advising, open_requests
from conversations.errors import NoAddress
from conversations.handling_views import Advisor
from conversations.holds import IDLE
from conversations.mailer import NoMailer
from portal.advisors import Advisors
from tests.conversations.advisors import ALL
from tests.conversations.test_requests import NEW
from tests.portal.channels.meta_calls import receive, said

ANNE = Advisor("anne", "Anne Kerbrat", "anne@cci.example", "cci-essai", "CCI d'essai")


def bodies(cloud):
    return [post["text"]["body"] for post in cloud.posts if "text" in post]


async def begun(line):
    await receive(line, said("bonjour"))
    await line.work()
    return line.rows("conversations")[0]["id"]


async def round_of(line):
    await Advisors(line.holds, line.post, line.desk.bell.ring, line.channels.pass_on).round()
    await line.work()


async def test_an_advisor_writes_and_the_owner_reads_who_it_is(line, cloud):
    conversation = await begun(line)
    before = len(cloud.posts)
    line.holds.take(conversation, ANNE)
    line.holds.say(conversation, ANNE, "Je vous appelle à 9 h.")
    await round_of(line)
    await round_of(line)
    assert bodies(cloud)[before:] == [
        "Anne Kerbrat (CCI d'essai) vous répond ici. L’assistant ne répond plus pour le moment.",
        "Anne Kerbrat (CCI d'essai) : Je vous appelle à 9 h.",
    ]


async def test_a_reply_to_a_request_is_sent_while_the_window_is_open(line, cloud):
    conversation = await begun(line)
    advising = open_advising(line.engine, NoMailer(), line.clock)
    made = open_requests(line.engine, NoMailer(), line.clock).open(replace(NEW, conversation_id=conversation))
    advising.handling.claim(ALL, made.reference, ANNE)
    ways = advising.replies.ways(ALL, made.reference)
    assert (ways.channel, ways.writable, ways.mail) == ("whatsapp", True, False)
    advising.replies.in_channel(ALL, made.reference, ANNE, "Rappelez le 02 98 00 00 00.")
    await round_of(line)
    assert bodies(cloud)[-1] == "Anne Kerbrat (CCI d'essai) : Rappelez le 02 98 00 00 00."

    line.clock.advance(hours=24, minutes=1)
    assert not advising.replies.ways(ALL, made.reference).writable
    with pytest.raises(NoAddress, match="window"):
        advising.replies.in_channel(ALL, made.reference, ANNE, "Encore moi.")
    assert [each.text for each in advising.handling.events(ALL, made.reference)][1:] == [
        "Rappelez le 02 98 00 00 00."
    ]


async def test_two_portals_send_it_once(line, cloud):
    conversation = await begun(line)
    before = len(cloud.posts)
    line.holds.take(conversation, ANNE)
    waiting = line.post.unrouted(["whatsapp"])
    for _ in range(2):
        line.post.route(waiting[0], [{"text": "une fois"}])
    await round_of(line)
    assert bodies(cloud)[before:] == ["une fois"]


async def test_messages_of_the_owner_wait_for_the_advisor(line, cloud):
    conversation = await begun(line)
    line.holds.take(conversation, ANNE)
    await round_of(line)
    before, asked = len(cloud.posts), list(line.dialogue.said)
    await receive(line, said("merci", 2), said("demain ?", 3))
    await line.work()
    assert line.dialogue.said == asked
    assert bodies(cloud)[before:] == ["Votre message est transmis à Anne Kerbrat (CCI d'essai)."]


async def test_the_assistant_answers_on_the_channel_what_an_advisor_left(line, cloud):
    conversation = await begun(line)
    line.holds.take(conversation, ANNE)
    await receive(line, said("quand ?", 2))
    await line.work()
    line.clock.advance(seconds=(IDLE + timedelta(minutes=1)).total_seconds())
    await round_of(line)
    await round_of(line)
    assert line.dialogue.said[-1] == "quand ?"
    assert bodies(cloud)[-1] == "Vous avez dit : quand ?"
    assert bodies(cloud).count("Vous avez dit : quand ?") == 1
    assert any(body.startswith("Anne Kerbrat n’a pas répondu") for body in bodies(cloud))


async def test_the_order_to_erase_reaches_the_assistant(line):
    conversation = await begun(line)
    line.holds.take(conversation, ANNE)
    await receive(line, said("/effacer", 2))
    await line.work()
    assert line.dialogue.said[-1] == "Supprimer mes données"
    assert line.holds.of(conversation) is None
